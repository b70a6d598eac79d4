// Operators in their browsers: at the desk, and at the softphone that it opens.

import { HERTZ } from "./caller.mjs";

export const locale = { locale: "it-IT", timezoneId: "Europe/Rome", viewport: { width: 1440, height: 900 } };
const password = process.env.DESK_PASSWORD ?? "prova-linea-amica";

// The loudest frequency that a softphone plays.
const heard = (phone) =>
  phone.evaluate(async () => {
    const stream = document.getElementById("far").srcObject;
    if (!stream) return 0;
    const context = new AudioContext();
    await context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 4096;
    context.createMediaStreamSource(stream).connect(analyser);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const loud = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(loud);
    const best = loud.reduce((found, one, at) => (one > loud[found] ? at : found), 1);
    const hertz = loud[best] > -70 ? (best * context.sampleRate) / analyser.fftSize : 0;
    await context.close();
    return hertz;
  });

export function operators(base, wrong) {
  const stands = (page, word) =>
    page.waitForFunction((wanted) => document.querySelector("#state summary")?.textContent.includes(wanted), word);
  return {
    stands,
    state: (page) => page.innerText("#state summary"),

    async signIn(context, user, next) {
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on("pageerror", (error) => wrong.push(`${user}: ${error.message}`));
      await page.goto(`${base}/login?next=${next}`);
      await page.fill("#login", user);
      await page.fill("#password", password);
      await page.click("main form button");
      await page.waitForURL((url) => url.pathname.startsWith("/desk"));
      return page;
    },

    // The softphone in its window, connected.
    async openSoftphone(context, desk) {
      // Its lines can be asked what has passed over them.
      await context.addInitScript(() => {
        const Line = window.RTCPeerConnection;
        window.lines = [];
        window.RTCPeerConnection = class extends Line {
          constructor(...how) {
            super(...how);
            window.lines.push(this);
          }
        };
      });
      if (!(await desk.isVisible("a[data-softphone]"))) await desk.click("#state summary");
      const [phone] = await Promise.all([context.waitForEvent("page"), desk.click("a[data-softphone]")]);
      await phone.waitForSelector('[data-connection="ready"]:not([hidden])');
      return phone;
    },

    async takeCalls(desk) {
      if (!(await desk.isVisible('#state button[value="ready"]'))) await desk.click("#state summary");
      await desk.click('#state button[value="ready"]');
      await stands(desk, "Disponibile");
    },

    // Answers what rings, or what is going to.
    async answer(desk) {
      await desk.waitForSelector('[data-soft="answer"]', { state: "visible", timeout: 40_000 });
      await desk.click('[data-soft="answer"]');
      // What a colleague asks about has no bar of its own: it can be left.
      await desk.waitForSelector('#call .callbar:visible, [data-soft="leave"]:visible');
    },

    // Answers, and says how long it took from the press until sound had gone both ways.
    async answerTimed(desk, phone) {
      const went = phone.evaluate(async () => {
        for (;;) {
          const kinds = new Set();
          for (const line of window.lines ?? []) {
            for (const stat of (await line.getStats()).values()) {
              if (stat.type === "inbound-rtp" && stat.packetsReceived > 0) kinds.add("in");
              if (stat.type === "outbound-rtp" && stat.packetsSent > 0) kinds.add("out");
            }
          }
          if (kinds.size === 2) return Date.now();
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
      });
      const pressed = await desk.evaluate(() => {
        const at = Date.now();
        document.querySelector('[data-soft="answer"]').click();
        return at;
      });
      return (await went) - pressed;
    },

    // Whether the citizen's tone is what is heard, as soon as it is.
    async hearsTone(phone) {
      return Math.abs((await heard(phone)) - HERTZ) < 20;
    },
  };
}
