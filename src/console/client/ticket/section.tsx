import { useId, type ReactNode } from 'react';

/** A titled part of the side panel, with a place for its one tool. */
export function Section({
  title,
  tool,
  children,
}: {
  title: string;
  tool?: ReactNode;
  children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section className="panel-section" aria-labelledby={id}>
      <header>
        <h3 id={id}>{title}</h3>
        {tool}
      </header>
      {children}
    </section>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
