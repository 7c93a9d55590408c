import { MessagePage } from "@/components/shell/message-page";
import { buttonLooks } from "@/components/ui/button-looks";

export default function NotFound() {
  return (
    <MessagePage
      title="There is no such page"
      action={
        <a href="/" className={buttonLooks({ look: "primary" })}>
          Go to the dashboard
        </a>
      }
    >
      The address may be mistyped, or what stood here is gone.
    </MessagePage>
  );
}
