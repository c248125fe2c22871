// The page's own words, in the language of the person one writes as.

const WORDS = {
  "zh-Hans": {
    note: "本机试用 · 不连接 Telegram", foot: "换一个人，看看机器人怎样对他说话。",
    who: "以谁的身份说话", you: "你是 {0}", bot: "机器人", typing: "正在输入…", photo_action: "正在发送图片…",
    file_action: "正在发送文件…", members: "{0} 位成员，机器人在内", left: "机器人不在群里", blocked: "已停用",
    message: "说点什么…", send: "发送", menu: "菜单", attach: "附件", back: "返回聊天列表", more: "更多",
    block: "停用机器人", unblock: "重新启用", migrate: "升级为超级群", window: "在新窗口并排打开",
    add_bot: "把机器人请回群里", remove_bot: "把机器人移出群",
    photo: "图片", document: "文件", location: "位置", sticker: "贴纸", today: "今天", yesterday: "昨天",
    edited: "已编辑", reply: "回复", close: "关闭", to_end: "到最新消息", empty_title: "写一首诗吧",
    empty_text: "发一个题目，机器人就为你写一首格律诗。", empty_try: "试试：", start: "开始",
    empty_group: "群里用命令唤它，例如：", copied: "已复制", moved: "此群已升级为超级群",
    came: "此超级群由普通群升级而来", no_answer: "机器人没有回应", lost: "连接断开，正在重连…", choose: "发到哪个聊天？",
    commands: "命令", no_results: "没有结果", new: "{0} 条新消息", via: "来自 @{0}", open: "打开",
  },
  "zh-Hant": {
    note: "本機試用 · 不連接 Telegram", foot: "換一個人，看看機器人怎樣對他說話。",
    who: "以誰的身分說話", you: "你是 {0}", bot: "機器人", typing: "正在輸入…", photo_action: "正在傳送圖片…",
    file_action: "正在傳送檔案…", members: "{0} 位成員，機器人在內", left: "機器人不在群裡", blocked: "已停用",
    message: "說點什麼…", send: "傳送", menu: "選單", attach: "附件", back: "返回聊天列表", more: "更多",
    block: "停用機器人", unblock: "重新啟用", migrate: "升級為超級群", window: "在新視窗並排開啟",
    add_bot: "把機器人請回群裡", remove_bot: "把機器人移出群",
    photo: "圖片", document: "檔案", location: "位置", sticker: "貼圖", today: "今天", yesterday: "昨天",
    edited: "已編輯", reply: "回覆", close: "關閉", to_end: "到最新訊息", empty_title: "寫一首詩吧",
    empty_text: "發一個題目，機器人就為你寫一首格律詩。", empty_try: "試試：", start: "開始",
    empty_group: "群裡用命令喚它，例如：", copied: "已複製", moved: "此群已升級為超級群",
    came: "此超級群由普通群升級而來", no_answer: "機器人沒有回應", lost: "連線中斷，正在重連…", choose: "發到哪個聊天？",
    commands: "命令", no_results: "沒有結果", new: "{0} 則新訊息", via: "來自 @{0}", open: "開啟",
  },
  en: {
    note: "On this machine · not connected to Telegram", foot: "Switch to another person to see how the bot speaks to them.",
    who: "Write as", you: "You are {0}", bot: "bot", typing: "typing…", photo_action: "sending a picture…",
    file_action: "sending a file…", members: "{0} members with the bot", left: "the bot is not here", blocked: "blocked",
    message: "Message", send: "Send", menu: "Menu", attach: "Attach", back: "Back to the chats", more: "More",
    block: "Block the bot", unblock: "Unblock", migrate: "Upgrade to supergroup", window: "Open side by side",
    add_bot: "Invite the bot again", remove_bot: "Remove the bot",
    photo: "Photo", document: "File", location: "Location", sticker: "Sticker", today: "Today", yesterday: "Yesterday",
    edited: "edited", reply: "Reply", close: "Close", to_end: "To the newest message", empty_title: "Ask for a poem",
    empty_text: "Send a theme and the bot writes a classical Chinese poem about it.", empty_try: "Try one of these", start: "Start",
    empty_group: "In a group, call it with a command:", copied: "Copied", moved: "This group was upgraded to a supergroup",
    came: "This supergroup was a group before", no_answer: "The bot did not answer", lost: "Connection lost, trying again…", choose: "Send to which chat?",
    commands: "Commands", no_results: "Nothing found", new: "{0} new", via: "via @{0}", open: "Open",
  },
};

let words = WORDS["zh-Hans"];

export function languageOf(code) {
  const lower = (code || "").toLowerCase();
  if (/^zh-(hant|tw|hk|mo)/.test(lower)) return "zh-Hant";
  return lower.startsWith("zh") ? "zh-Hans" : "en";
}

export function speak(language) {
  words = WORDS[language];
  document.documentElement.lang = language;
}

export function say(key, ...values) {
  return values.reduce((text, value, at) => text.replace(`{${at}}`, value), words[key]);
}
