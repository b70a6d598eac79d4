// Microphone, loudspeaker and bell: which of them somebody has chosen on this computer, and how they are used. The choice
// is the browser's own, because devices are of a computer and not of a person.

export interface Devices {
  microphone: string;
  speaker: string;
  bell: string;
  /** Of the bell, from 0 to 1. */
  volume: number;
}

const KEY = "lineaamica-devices";

export function remembered(): Devices {
  const usual: Devices = { microphone: "", speaker: "", bell: "", volume: 0.7 };
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Devices>) };
  } catch {
    return usual;
  }
}

export function remember(devices: Devices): void {
  localStorage.setItem(KEY, JSON.stringify(devices));
}

// The chosen microphone; the usual one where it is not there any more.
export async function microphone(): Promise<MediaStream> {
  const wanted = remembered().microphone;
  const audio: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  if (!wanted) return navigator.mediaDevices.getUserMedia({ audio });
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { ...audio, deviceId: { exact: wanted } } });
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotAllowedError") throw error;
    return navigator.mediaDevices.getUserMedia({ audio });
  }
}

// Plays through the chosen device, where the browser lets it be chosen.
export async function playThrough(element: HTMLAudioElement, stream: MediaStream | undefined, by: "speaker" | "bell"): Promise<void> {
  const sink = remembered()[by];
  if (sink && "setSinkId" in element) await element.setSinkId(sink).catch(() => undefined);
  if (stream) element.srcObject = stream;
  await element.play();
}

const RATE = 8_000;

// The Italian ringing tone: 425 Hz, one second in five (ITU-T E.180).
export function rings(): string {
  return wave(5, (second) => (second < 1 ? tone(second, 425, 1) : 0));
}

export function testTone(): string {
  return wave(1.2, (second) => tone(second, 440, 1.2) * 0.6 + tone(second, 660, 1.2) * 0.4);
}

// Begins and ends softly: a step would be heard as a click.
function tone(second: number, hertz: number, lasts: number): number {
  const edge = Math.min(1, second / 0.02, (lasts - second) / 0.05);
  return Math.sin(2 * Math.PI * hertz * second) * Math.max(0, edge) * 0.5;
}

function wave(seconds: number, at: (second: number) => number): string {
  const samples = Math.floor(seconds * RATE);
  const bytes = new DataView(new ArrayBuffer(44 + samples * 2));
  const word = (offset: number, text: string): void => {
    for (let i = 0; i < text.length; i += 1) bytes.setUint8(offset + i, text.charCodeAt(i));
  };
  word(0, "RIFF");
  bytes.setUint32(4, 36 + samples * 2, true);
  word(8, "WAVEfmt ");
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, RATE, true);
  bytes.setUint32(28, RATE * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  word(36, "data");
  bytes.setUint32(40, samples * 2, true);
  for (let i = 0; i < samples; i += 1) bytes.setInt16(44 + i * 2, at(i / RATE) * 32_767, true);
  return URL.createObjectURL(new Blob([bytes.buffer], { type: "audio/wav" }));
}
