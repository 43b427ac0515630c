import { Component, type ComponentChildren } from "preact";
import { Notice } from "./notice";

/** A page that fails says so; the rest stays usable. */
export class Boundary extends Component<{ children: ComponentChildren }, { error: unknown }> {
  override state = { error: undefined as unknown };

  static override getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    console.error(error);
  }

  override render() {
    if (this.state.error === undefined) return <>{this.props.children}</>;
    return (
      <div role="alert">
        <Notice title="This page could not be drawn.">
          <p>{String(this.state.error)}</p>
          <p>Is the program newer than this page? Reload it. <a href="/">To the front page</a></p>
        </Notice>
      </div>
    );
  }
}
