// The page where microphone, loudspeaker and bell are chosen and tried.

import { type Devices, microphone, playThrough, remember, remembered, rings, testTone } from "./devices";

const form = document.getElementById("devices");
if (form instanceof HTMLFormElement) void set(form);

async function set(form: HTMLFormElement): Promise<void> {
  const say = (which: string): void => {
    for (const line of document.querySelectorAll<HTMLElement>("[data-trouble]")) line.hidden = line.dataset["trouble"] !== which;
  };
  if (!window.isSecureContext || !navigator.mediaDevices) {
    say("insecure");
    return;
  }
  form.hidden = false;
  const meter = document.getElementById("level");
  const sound = document.getElementById("sound") as HTMLAudioElement;
  let stop = (): void => undefined;

  const chosen = (): Devices => {
    const value = (name: string): string => String(new FormData(form).get(name) ?? "");
    return { microphone: value("microphone"), speaker: value("speaker"), bell: value("bell"), volume: Number(value("volume")) / 100 };
  };

  const listen = async (): Promise<void> => {
    stop();
    try {
      const stream = await microphone();
      stop = level(stream, meter);
      say("");
    } catch (error) {
      say(error instanceof DOMException && error.name === "NotAllowedError" ? "denied" : "missing");
    }
    // Names of devices are told only to whoever may use the microphone.
    await fill(form);
  };

  form.addEventListener("change", (event) => {
    remember(chosen());
    document.getElementById("kept")?.removeAttribute("hidden");
    if (event.target instanceof HTMLSelectElement && event.target.name === "microphone") void listen();
  });
  const play = (source: string, by: "speaker" | "bell", volume: number): void => {
    sound.pause();
    sound.src = source;
    sound.volume = volume;
    void playThrough(sound, undefined, by).catch(() => say("silent"));
  };
  document.getElementById("try-speaker")?.addEventListener("click", () => play(testTone(), "speaker", 1));
  document.getElementById("try-bell")?.addEventListener("click", () => play(rings(), "bell", remembered().volume));
  document.getElementById("allow")?.addEventListener("click", () => void listen());
  navigator.mediaDevices.addEventListener("devicechange", () => void fill(form));
  window.addEventListener("pagehide", () => stop());
  const volume = form.elements.namedItem("volume");
  if (volume instanceof HTMLInputElement) volume.value = String(Math.round(remembered().volume * 100));
  await fill(form);
  const permission = await navigator.permissions?.query({ name: "microphone" as PermissionName }).catch(() => undefined);
  if (permission?.state === "granted") await listen();
  else say(permission?.state === "denied" ? "denied" : "asking");
}

async function fill(form: HTMLFormElement): Promise<void> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const wanted = remembered();
  for (const [name, kind] of [["microphone", "audioinput"], ["speaker", "audiooutput"], ["bell", "audiooutput"]] as const) {
    const select = form.elements.namedItem(name);
    if (!(select instanceof HTMLSelectElement)) continue;
    const usual = select.options[0];
    select.replaceChildren(...(usual ? [usual] : []));
    for (const device of devices) {
      if (device.kind !== kind || !device.label || device.deviceId === "default") continue;
      select.add(new Option(device.label, device.deviceId, false, device.deviceId === wanted[name]));
    }
    // Where the browser does not let it be chosen, the system does.
    select.disabled = select.options.length < 2;
  }
}

// Shows how loud it is; returns how to end it.
function level(stream: MediaStream, meter: HTMLElement | null): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const clock = window.setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    // From silence (-60 dB) to as loud as can be.
    const loud = Math.max(0, Math.min(1, (10 * Math.log10(power + 1e-9) + 60) / 60));
    if (meter instanceof HTMLMeterElement) meter.value = loud;
  }, 80);
  return () => {
    window.clearInterval(clock);
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  };
}
