import Link from "next/link";
import { Tag } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";
import { ADMISSION_RULES, LINK_KINDS } from "@/lib/contracts/words";
import { LinkBadge, usesWords } from "./link-badge";

const HEAD = (
  <>
    <HeadCell>Link</HeadCell>
    <HeadCell>State</HeadCell>
    <HeadCell className="text-right">Uses</HeadCell>
    <HeadCell className="hidden sm:table-cell">Expires</HeadCell>
    <HeadCell className="hidden lg:table-cell">Created</HeadCell>
    <HeadCell className="hidden sm:table-cell">
      <span className="sr-only">Copy</span>
    </HeadCell>
  </>
);

export function LinkTable({ links }: { links: readonly EnrollmentLinkDto[] }) {
  return (
    <Table label="Enrollment links" head={HEAD}>
      {links.map((link) => (
        <tr key={link.id} className="relative hover:bg-hover">
          <Cell className="max-w-72 max-sm:max-w-40">
            <Link href={`/enrollment-links/${link.id}`} className="roomy flex max-w-full flex-wrap items-center gap-x-2 gap-y-1 after:absolute after:inset-0">
              <span className="truncate font-medium">{link.name}</span>
              {link.simulated && <Tag title="Devices enrolled through it are marked simulated and get the test topic.">simulated</Tag>}
              {link.kind === "ota" && <Tag title={LINK_KINDS.ota.meaning}>OTA</Tag>}
              {link.admission === "approve" && <Tag title={ADMISSION_RULES.approve.meaning}>approval</Tag>}
              {link.reusableProfile && <Tag title="One downloaded file enrolls many devices.">reusable profile</Tag>}
            </Link>
          </Cell>
          <Cell>
            <LinkBadge state={link.state} />
          </Cell>
          <Cell className="text-right whitespace-nowrap tabular-nums">{usesWords(link)}</Cell>
          <Cell className="hidden whitespace-nowrap sm:table-cell">{link.expiresAt === null ? <span className="text-ink-faint">never</span> : <RelativeTime at={link.expiresAt} className="relative z-[1]" />}</Cell>
          <Cell className="hidden whitespace-nowrap text-ink-soft lg:table-cell">
            <RelativeTime at={link.createdAt} className="relative z-[1]" /> by {link.createdBy.replace(/^\w+:/, "")}
          </Cell>
          <Cell className="hidden w-px sm:table-cell">
            <span className="relative z-[1]">{link.state === "usable" && <CopyButton text={link.url} what={`link ${link.name}`} />}</span>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
