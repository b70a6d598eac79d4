// The softphone: a window of its own, because a call has to outlive the pages of the desk, which come and go. It registers
// over a WebSocket that the session of the desk opens, rings, answers and carries the sound; what there is to decide about
// a call is decided on the same card and strip as on every page of the desk.

import { UA, URI, WebSocketInterface } from "jssip";

import { microphone, playThrough, remembered, rings } from "./devices";
import { Link, type Status } from "./softphone-link";

interface Session {
  answer(options: object): void;
  terminate(options?: object): void;
  mute(options: object): void;
  unmute(options: object): void;
  isMuted(): { audio: boolean };
  sendDTMF(tone: string, options: object): void;
  on(event: string, heard: (event: never) => void): void;
}

interface Incoming {
  originator: string;
  session: Session;
  request: { getHeader(name: string): string | undefined };
}

interface Call {
  contact: string;
  session: Session;
  stands: "ringing" | "talking";
  /** Somebody has pressed to answer it: pressed again, it is answered once. */
  taken?: boolean;
  /** Asked for as it rings, so that it is there when somebody answers. */
  voice?: Promise<MediaStream>;
}

type Connection = "connecting" | "ready" | "lost" | "elsewhere" | "signed-out" | "unsupported" | "insecure";
type Microphone = "asking" | "ok" | "denied" | "missing";

const calls = new Map<string, Call>();
const link = new Link("softphone");
const page = document.body.dataset;
let ua: UA | undefined;
let connection: Connection = "connecting";
let voice: Microphone = "asking";

void begin();

async function begin(): Promise<void> {
  if (page["login"] === undefined) return;
  if (!window.isSecureContext) return stand("insecure");
  if (!("RTCPeerConnection" in window) || !navigator.mediaDevices) return stand("unsupported");
  link.onAsk((ask) => {
    switch (ask.kind) {
      case "hello":
        link.say(status());
        break;
      case "answer":
        void answer(ask.contact);
        break;
      case "decline":
        calls.get(ask.contact)?.session.terminate({ status_code: 486 });
        break;
      case "leave":
        calls.get(ask.contact)?.session.terminate();
        break;
      case "mute":
        mute(ask.contact, ask.on);
        break;
      case "digit":
        calls.get(ask.contact)?.session.sendDTMF(ask.digit, { transportType: "RFC2833", duration: 120 });
        break;
    }
  });
  document.getElementById("allow")?.addEventListener("click", () => void listen());
  document.addEventListener("pointerdown", () => {
    document.getElementById("silent")?.setAttribute("hidden", "");
    if ([...calls.values()].some((call) => call.stands === "ringing")) ring(true);
  });
  window.addEventListener("beforeunload", (event) => {
    if (calls.size > 0) event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    link.say(undefined);
    ua?.stop();
  });
  // Two windows would both ring, and one of them in an empty room.
  await alone(async () => {
    navigator.mediaDevices.addEventListener("devicechange", () => void listen(true));
    await listen(true);
    await new Promise(() => undefined);
  });
}

async function alone(run: () => Promise<void>): Promise<void> {
  if (!("locks" in navigator)) return run();
  const first = await navigator.locks.request("lineaamica-softphone", { ifAvailable: true }, async (lock) => {
    if (lock) await run();
    return lock !== null;
  });
  if (first) return;
  stand("elsewhere");
  // When the other is closed, this one takes its place.
  await navigator.locks.request("lineaamica-softphone", async () => {
    stand("connecting");
    await run();
  });
}

// Looks whether there is a microphone that may be used; calls come only where there is one.
async function listen(quietly = false): Promise<void> {
  if (calls.size > 0) return;
  const permission = await navigator.permissions?.query({ name: "microphone" as PermissionName }).catch(() => undefined);
  if (permission) permission.onchange = () => void listen(true);
  if (quietly && permission?.state === "prompt") return hear("asking");
  try {
    const stream = await microphone();
    for (const track of stream.getTracks()) track.stop();
    hear("ok");
  } catch (error) {
    hear(error instanceof DOMException && error.name === "NotAllowedError" ? "denied" : "missing");
  }
}

function hear(stands: Microphone): void {
  voice = stands;
  if (stands === "ok") connect();
  else disconnect();
  draw();
}

function connect(): void {
  if (ua) return;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocketInterface(`${scheme}://${location.host}/sip`);
  ua = new UA({
    sockets: [socket],
    uri: new URI("sip", encodeURIComponent(page["login"] ?? ""), location.hostname).toString(),
    display_name: page["login"] ?? "",
    register: true,
    register_expires: 300,
    // A dead line is noticed by the sound that is missing.
    session_timers: false,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 15,
    user_agent: "lineaamica-softphone",
  });
  ua.on("registered", () => stand("ready"));
  ua.on("unregistered", () => stand("connecting"));
  ua.on("registrationFailed", () => stand("lost"));
  ua.on("disconnected", () => void lost());
  ua.on("newRTCSession", (event: unknown) => came(event as Incoming));
  stand("connecting");
  ua.start();
}

function disconnect(): void {
  const old = ua;
  ua = undefined;
  old?.stop();
}

// The connection is gone: tried again by itself, unless nobody is signed in any more.
async function lost(): Promise<void> {
  if (!ua) return;
  stand("lost");
  const answer = await fetch("/part/desk/stato", { credentials: "same-origin", cache: "no-store" }).catch(() => undefined);
  if (answer?.status === 401) {
    disconnect();
    stand("signed-out");
  }
}

function came({ originator, session, request }: Incoming): void {
  if (originator !== "remote") return;
  const contact = request.getHeader("X-Contact") ?? "";
  // Routing gives one call at a time; a second one is turned away so that it goes to somebody who is free.
  if (calls.size > 0) return session.terminate({ status_code: 486 });
  const call: Call = { contact, session, stands: "ringing" };
  calls.set(contact, call);
  call.voice = microphone();
  call.voice.catch(() => undefined);
  session.on("icecandidate", ((event: { ready(): void }) => event.ready()) as never);
  session.on("peerconnection", ((event: { peerconnection: RTCPeerConnection }) => {
    event.peerconnection.addEventListener("track", (track) => {
      void playThrough(sound("far"), track.streams[0] ?? new MediaStream([track.track]), "speaker");
    });
  }) as never);
  session.on("accepted", (() => {
    call.stands = "talking";
    ring(false);
    draw();
  }) as never);
  for (const event of ["muted", "unmuted"]) session.on(event, draw as never);
  for (const event of ["ended", "failed"]) session.on(event, (() => over(call)) as never);
  // A page that hears may also be heard, whatever else a browser says of sound that nobody asked for.
  void call.voice
    .catch(() => undefined)
    .then(() => {
      if (call.stands === "ringing" && calls.has(contact) && !call.taken) ring(true);
    });
  draw();
  // Whoever has just said that they want this call need not answer it.
  if (/;\s*answer-after=0\b/.test(request.getHeader("Call-Info") ?? "")) void answer(contact);
}

async function answer(contact: string): Promise<void> {
  const call = calls.get(contact);
  if (!call || call.stands !== "ringing" || call.taken) return;
  call.taken = true;
  try {
    const stream = await (call.voice ?? microphone());
    if (!calls.has(contact)) return;
    call.session.answer({ mediaStream: stream, pcConfig: { iceServers: iceServers() } });
  } catch {
    // Nobody should be answered by somebody who cannot speak.
    call.session.terminate({ status_code: 480 });
    void listen();
  }
}

function mute(contact: string, on: boolean): void {
  const call = calls.get(contact);
  if (call?.stands !== "talking") return;
  if (on) call.session.mute({ audio: true });
  else call.session.unmute({ audio: true });
}

function over(call: Call): void {
  calls.delete(call.contact);
  ring(false);
  sound("far").srcObject = null;
  // The microphone is let go: its light says that nobody listens.
  void call.voice?.then((stream) => {
    for (const track of stream.getTracks()) track.stop();
  });
  draw();
}

function sound(id: "far" | "bell"): HTMLAudioElement {
  return document.getElementById(id) as HTMLAudioElement;
}

function ring(on: boolean): void {
  const bell = sound("bell");
  if (!on) {
    bell.pause();
    return;
  }
  bell.src ||= rings();
  bell.loop = true;
  bell.volume = remembered().volume;
  playThrough(bell, undefined, "bell").catch(() => document.getElementById("silent")?.removeAttribute("hidden"));
}

// `stun:host:port`, `turn:user:password@host:port`
function iceServers(): RTCIceServer[] {
  const servers = JSON.parse(page["ice"] ?? "[]") as string[];
  return servers.map((server) => {
    const [, scheme, username, credential, host] = /^(turns?):([^:@]+):(.+)@([^@]+)$/.exec(server) ?? [];
    return scheme && host ? { urls: `${scheme}:${host}`, username: username ?? "", credential: credential ?? "" } : { urls: server };
  });
}

function status(): Status {
  return {
    connected: connection === "ready",
    microphone: voice === "ok",
    calls: [...calls.values()].map(({ contact, stands, session }) => ({
      contact,
      stands,
      muted: stands === "talking" && session.isMuted().audio,
    })),
  };
}

function stand(stands: Connection): void {
  connection = stands;
  draw();
}

function draw(): void {
  // Without a microphone nothing is connected, and that is what is to be said first.
  const shown = connection === "connecting" && voice !== "ok" ? "" : connection;
  for (const line of document.querySelectorAll<HTMLElement>("[data-connection]")) line.hidden = line.dataset["connection"] !== shown;
  for (const line of document.querySelectorAll<HTMLElement>("[data-microphone]")) {
    const blocked = ["elsewhere", "signed-out", "unsupported", "insecure"].includes(connection);
    line.hidden = blocked || line.dataset["microphone"] !== voice;
  }
  const allow = document.getElementById("allow");
  if (allow) allow.hidden = voice === "ok" || ["elsewhere", "signed-out", "unsupported", "insecure"].includes(connection);
  link.say(status());
}
