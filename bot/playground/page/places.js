// Where one says one is: cities to choose from, or figures.

import { h } from "./dom.js";
import { closeDialog, dialog, rove } from "./overlays.js";
import { say } from "./words.js";

const CITIES = [
  [39.9042, 116.4074, "北京", "北京", "Beijing"],
  [31.2304, 121.4737, "上海", "上海", "Shanghai"],
  [22.3193, 114.1694, "香港", "香港", "Hong Kong"],
  [25.033, 121.5654, "台北", "臺北", "Taipei"],
  [43.8256, 87.6168, "乌鲁木齐", "烏魯木齊", "Ürümqi"],
  [1.3521, 103.8198, "新加坡", "新加坡", "Singapore"],
  [35.6762, 139.6503, "东京", "東京", "Tokyo"],
  [27.7172, 85.324, "加德满都", "加德滿都", "Kathmandu"],
  [51.5072, -0.1276, "伦敦", "倫敦", "London"],
  [40.7128, -74.006, "纽约", "紐約", "New York"],
  [-33.8688, 151.2093, "悉尼", "雪梨", "Sydney"],
  [-31.5553, 159.0821, "豪勋爵岛", "豪勳爵島", "Lord Howe Island"],
];
const NAME = { "zh-Hans": 2, "zh-Hant": 3, en: 4 };

// Asks for a place and hands it to `send`.
export function askPlace(send) {
  const choose = (latitude, longitude) => { closeDialog(); send({ location: { latitude, longitude } }); };
  const cities = CITIES.map((city) => h("button", {
    type: "button", class: "chip", "data-testid": "city", onclick: () => choose(city[0], city[1]),
  }, city[NAME[document.documentElement.lang]]));
  const list = h("div", { class: "chips" }, cities);
  rove(list, "button", { back: "ArrowLeft", on: "ArrowRight" });
  const latitude = figure("latitude", 90);
  const longitude = figure("longitude", 180);
  const own = (event) => {
    event.preventDefault();
    choose(Number(latitude.value), Number(longitude.value));
  };
  dialog(say("where"), list, h("form", { class: "figures", onsubmit: own },
    latitude, longitude, h("button", { type: "submit", class: "do" }, say("send"))));
  cities[0].focus();
}

function figure(name, most) {
  return h("input", {
    type: "number", step: "any", min: -most, max: most, required: true, placeholder: say(name),
    "aria-label": say(name), "data-testid": name,
  });
}

export function placeText({ latitude, longitude }) {
  const part = (value, plus, minus) => `${Math.abs(value).toFixed(4)}° ${value < 0 ? minus : plus}`;
  return `${part(latitude, "N", "S")}, ${part(longitude, "E", "W")}`;
}
