// Hosts the kept map in a frame and talks to it directly (same origin): no listeners, no mixed messages.
const dark = (frame) => {
  const paper = getComputedStyle(frame).getPropertyValue("--st-background-color").trim();
  const light = [1, 3, 5].map((at) => parseInt(paper.slice(at, at + 2), 16)).reduce((sum, part) => sum + part, 0);
  return light < 384;
};

// A second `src` would be an entry for the Back button, so a change of ground replaces the page instead.
const open = (frame, sha) => {
  const first = !frame.dataset.sha;
  frame.dataset.sha = sha;
  frame.onload = () => frame.show();
  if (first) frame.src = `/maps/${sha}.html`;
  else frame.contentWindow.location.replace(`/maps/${sha}.html`);
};

// Streamlit calls this on every change of data and of theme; the browser chooses the ground, because
// Python knows the theme only from the next run on.
export default function ({ parentElement, data, setTriggerValue }) {
  const frame = parentElement.querySelector("iframe");
  const sha = data.grounds[dark(frame) ? 1 : 0];
  frame.title = data.title;
  frame.style.setProperty("--tall", data.tall);
  frame.style.setProperty("--fit", data.fit);
  frame.show = () => frame.contentWindow.ground?.draw?.(data, (what, id) => setTriggerValue("picked", { what, id }));
  if (frame.dataset.sha === sha) frame.show();
  else open(frame, sha);
}
