import type { ReactNode } from 'react';

export interface Column<Item> {
  title: string;
  /** Spoken only: a column of buttons needs a name, not a heading. */
  hideTitle?: boolean;
  className?: string;
  cell: (item: Item) => ReactNode;
}

interface TableProps<Item> {
  label: string;
  columns: readonly Column<Item>[];
  items: readonly Item[];
  keyOf: (item: Item) => string;
}

/** A table; on a narrow screen each row becomes a card. The roles are written out because the cards change `display`. */
export function Table<Item>({ label, columns, items, keyOf }: TableProps<Item>): ReactNode {
  return (
    <table className="table" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ title, hideTitle, className }) => (
            <th key={title} role="columnheader" scope="col" className={className}>
              {hideTitle ? <span className="visually-hidden">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {items.map((item) => (
          <tr key={keyOf(item)} role="row">
            {columns.map(({ title, hideTitle, className, cell }) => (
              <td key={title} role="cell" className={className} data-label={hideTitle ? undefined : title}>
                {cell(item)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
