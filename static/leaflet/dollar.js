// Folium's popups call $(`<div>`)[0] and nothing more: this stands in for jQuery.
window.$ = window.$ || ((html) => {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return [template.content.firstElementChild];
});
