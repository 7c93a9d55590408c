import { EnrollRefused } from "@/components/enrollment/enroll-refused";

export default function UnknownLink() {
  return <EnrollRefused reason="unknown" organization={null} />;
}
