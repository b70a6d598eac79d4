// A citizen at Debian's sipp: calls a number, and sends a tone for as long as the call lasts.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const HERTZ = 600;

// One sample as A-law has it (ITU-T G.711): sign, segment and step, every other bit turned.
function alaw(sample) {
  const size = Math.min(Math.abs(sample), 32_635) >> 4;
  let segment = 0;
  while (size >> segment > 31) segment += 1;
  const step = segment === 0 ? size >> 1 : (size >> segment) & 15;
  const code = size < 32 ? size >> 1 : ((segment + 1) << 4) | step;
  return (code | (sample >= 0 ? 0x80 : 0)) ^ 0x55;
}

const head = (number) => `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:+393335550117@[local_ip]:[local_port]>;tag=[pid]t[call_number]
Call-ID: [call_id]
Contact: <sip:citizen@[local_ip]:[local_port]>
Max-Forwards: 70
To: <sip:${number}@[remote_ip]:[remote_port]>`;

const scenario = (number) => `<?xml version="1.0"?><!DOCTYPE scenario SYSTEM "sipp.dtd"><scenario name="citizen">
<send retrans="500"><![CDATA[
INVITE sip:${number}@[remote_ip]:[remote_port] SIP/2.0
${head(number)}
CSeq: 1 INVITE
Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [rtpstream_audio_port] RTP/AVP 8
a=rtpmap:8 PCMA/8000
]]></send>
<recv response="100" optional="true"/><recv response="200" rrs="true"/>
<send><![CDATA[
ACK [next_url] SIP/2.0
${head(number)}[peer_tag_param]
CSeq: 1 ACK
Content-Length: 0

]]></send>
<nop><action><exec rtp_stream="tone.al,-1,8"/></action></nop>
<recv request="BYE" timeout="300000"/>
<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send></scenario>`;

// Citizens who call this number at this address.
export function citizens(sip, number) {
  const folder = mkdtempSync(path.join(tmpdir(), "linea-citizens-"));
  const tone = Uint8Array.from({ length: 8_000 }, (_, at) => alaw(Math.round(12_000 * Math.sin((2 * Math.PI * HERTZ * at) / 8_000))));
  writeFileSync(path.join(folder, "tone.al"), tone);
  writeFileSync(path.join(folder, "citizen.xml"), scenario(number));
  const all = [];
  return {
    call() {
      const words = [sip, "-sf", "citizen.xml", "-m", "1", "-i", "127.0.0.1", "-mi", "127.0.0.1", "-nostdin"];
      const citizen = spawn("sipp", words, { cwd: folder, stdio: "ignore" });
      all.push(citizen);
      return citizen;
    },
    end() {
      for (const citizen of all) citizen.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
