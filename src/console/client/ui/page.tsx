import type { ReactNode } from 'react';

interface PageProps {
  title: string;
  intro: string;
  /** What can be done on the page as a whole. */
  tools?: ReactNode;
  children: ReactNode;
}

/** A page beside the inbox: title, what it is for, tools, content. */
export function Page({ title, intro, tools, children }: PageProps): ReactNode {
  return (
    <main className="page">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          <p>{intro}</p>
        </div>
        {tools && <div className="page-tools">{tools}</div>}
      </header>
      {children}
    </main>
  );
}

/** A titled card on a page. */
export function Card({
  title,
  tools,
  children,
}: {
  title: string;
  tools?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <section className="card">
      <header className="card-head">
        <h2>{title}</h2>
        {tools}
      </header>
      {children}
    </section>
  );
}
