// What the window of the softphone and the pages of the desk say to each other, through the browser they are both open in.

export interface CallStatus {
  contact: string;
  stands: "ringing" | "talking";
  muted: boolean;
}

export interface Status {
  connected: boolean;
  microphone: boolean;
  calls: CallStatus[];
}

export type Ask =
  | { kind: "hello" }
  | { kind: "answer"; contact: string }
  | { kind: "decline"; contact: string }
  | { kind: "leave"; contact: string }
  | { kind: "mute"; contact: string; on: boolean }
  | { kind: "digit"; contact: string; digit: string };

type Message = { from: "desk"; ask: Ask } | { from: "softphone"; status: Status | undefined };

export class Link {
  status: Status | undefined;
  private readonly channel: BroadcastChannel | undefined;
  private heard: (status: Status | undefined) => void = () => undefined;
  private asked: (ask: Ask) => void = () => undefined;

  constructor(private readonly from: "desk" | "softphone") {
    if (!("BroadcastChannel" in window)) return;
    this.channel = new BroadcastChannel("lineaamica-softphone");
    this.channel.addEventListener("message", (event: MessageEvent<Message>) => {
      if (event.data.from === "softphone" && from === "desk") {
        this.status = event.data.status;
        this.heard(this.status);
      }
      if (event.data.from === "desk" && from === "softphone") this.asked(event.data.ask);
    });
  }

  onStatus(heard: (status: Status | undefined) => void): void {
    this.heard = heard;
  }

  onAsk(asked: (ask: Ask) => void): void {
    this.asked = asked;
  }

  send(ask: Ask): void {
    this.channel?.postMessage({ from: "desk", ask } satisfies Message);
  }

  say(status: Status | undefined): void {
    this.status = status;
    if (this.from === "softphone") this.channel?.postMessage({ from: "softphone", status } satisfies Message);
  }
}
