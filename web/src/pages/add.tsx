import { useTitle } from "../parts/page";
export function AddPage() {
  useTitle("Add");
  return <h1>Add</h1>;
}
