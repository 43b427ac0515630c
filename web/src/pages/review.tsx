import { useTitle } from "../parts/page";
export function ReviewPage() {
  useTitle("Review");
  return <h1>Review</h1>;
}
