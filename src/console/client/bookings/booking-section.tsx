import { useId, type ReactNode } from 'react';

/** A titled part of the pane with the buttons for what can be done about it. */
export function BookingSection({
  title,
  tools,
  children,
}: {
  title: string;
  tools?: ReactNode;
  children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section className="booking-section" aria-labelledby={id}>
      <header>
        <h3 id={id}>{title}</h3>
        {tools && <div className="booking-tools">{tools}</div>}
      </header>
      {children}
    </section>
  );
}
