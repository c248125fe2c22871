// The page's own words, in the language of the person one writes as.

const WORDS = {
  "zh-Hans": {
    note: "只在这台电脑上", foot: "换一个人，看看机器人怎样对他说话。",
    who: "以谁的身份说话", you: "你是 {0}", bot: "机器人", typing: "正在输入…", photo_action: "正在发送图片…",
    file_action: "正在发送文件…", members: "{0} 位成员", left: "机器人不在群里", blocked: "已停用",
    message: "说点什么…", send: "发送", menu: "菜单", attach: "附件", back: "返回聊天列表", more: "更多",
    block: "停用机器人", unblock: "重新启用", migrate: "升级为超级群", window: "在新窗口并排打开",
    add_bot: "把机器人请回群里", remove_bot: "把机器人移出群",
    photo: "图片", document: "文件", location: "位置", sticker: "贴纸", today: "今天", yesterday: "昨天",
    edited: "已编辑", reply: "回复", close: "关闭", to_end: "到最新消息", empty_title: "写一首诗吧",
    empty_text: "发一个题目，机器人就为你写一首格律诗。", empty_try: "试试：", start: "开始",
    empty_group: "群里用命令唤它，例如：", copied: "已复制", moved: "此群已升级为超级群",
    came: "此超级群由普通群升级而来", no_answer: "机器人没有回应", lost: "连接断开，正在重连…", choose: "发到哪个聊天？",
    commands: "命令", no_results: "没有结果", new: "{0} 条新消息", via: "来自 @{0}", open: "打开",
    newcomer: "新朋友", name: "名字", language: "语言", join: "进来", invite: "邀请 {0}", calls: "机器人的调用", voice: "语音",
    chats: "聊天", topics: "话题", copy: "复制", edit: "编辑", delete: "删除", react: "回应", react_not: "收回回应",
    album: "相册", open_photo: "打开图片", hidden: "点开查看", results: "诗", names: "提到谁", inline_hint: "在任何聊天里写诗",
    place_action: "正在查找位置…", sticker_action: "正在选贴纸…", forwarded: "转发自 {0}",
    joined: "{0} 邀请 {1} 进群", went: "{0} 离开了群", removed: "{0} 将 {1} 移出了群", pinned: "置顶消息",
    pinned_by: "{0} 置顶了「{1}」", member_list: "成员", creator: "群主", administrator: "管理员", member: "成员",
    promote: "设为管理员", demote: "取消管理员", promote_bot: "让机器人做管理员", demote_bot: "取消机器人的管理员",
    as_group: "以群的身份发言", as_oneself: "以自己的身份发言", restricted: "受限",
    where: "你在哪里？", latitude: "纬度", longitude: "经度", fold: "键盘", split: "两人并排",
    look: "外观", look_auto: "跟随系统", look_light: "浅色", look_dark: "深色", to_dark: "换成深色", to_light: "换成浅色",
    now_dark: "夜色已至", now_light: "天亮了",
    limits: "Telegram 的限速", limits_text: "Telegram 每秒最多收 30 条消息，每个聊天每秒 1 条，每个群每分钟 20 条。打开后，这里也一样严格。",
    limits_on: "打开限速", limits_off: "关闭限速", limits_refused: "到现在挡下了 {0} 条。", keys: "键盘操作",
    key_list: [["Alt 1 2 3", "换一个人"], ["Alt ↑ ↓", "换一个聊天"], ["↑", "从输入框走进消息"], ["↑ ↓", "在消息之间走动"],
      ["Enter", "走到消息的按钮"], ["← → ↑ ↓", "在按钮之间走动"], ["R", "回复这条消息"], ["Shift F10", "这条消息的菜单"],
      ["Tab", "补全命令"], ["Esc", "回到输入框"]],
  },
  "zh-Hant": {
    note: "只在這台電腦上", foot: "換一個人，看看機器人怎樣對他說話。",
    who: "以誰的身分說話", you: "你是 {0}", bot: "機器人", typing: "正在輸入…", photo_action: "正在傳送圖片…",
    file_action: "正在傳送檔案…", members: "{0} 位成員", left: "機器人不在群裡", blocked: "已停用",
    message: "說點什麼…", send: "傳送", menu: "選單", attach: "附件", back: "返回聊天列表", more: "更多",
    block: "停用機器人", unblock: "重新啟用", migrate: "升級為超級群", window: "在新視窗並排開啟",
    add_bot: "把機器人請回群裡", remove_bot: "把機器人移出群",
    photo: "圖片", document: "檔案", location: "位置", sticker: "貼圖", today: "今天", yesterday: "昨天",
    edited: "已編輯", reply: "回覆", close: "關閉", to_end: "到最新訊息", empty_title: "寫一首詩吧",
    empty_text: "發一個題目，機器人就為你寫一首格律詩。", empty_try: "試試：", start: "開始",
    empty_group: "群裡用命令喚它，例如：", copied: "已複製", moved: "此群已升級為超級群",
    came: "此超級群由普通群升級而來", no_answer: "機器人沒有回應", lost: "連線中斷，正在重連…", choose: "發到哪個聊天？",
    commands: "命令", no_results: "沒有結果", new: "{0} 則新訊息", via: "來自 @{0}", open: "開啟",
    newcomer: "新朋友", name: "名字", language: "語言", join: "進來", invite: "邀請 {0}", calls: "機器人的呼叫", voice: "語音",
    chats: "聊天", topics: "話題", copy: "複製", edit: "編輯", delete: "刪除", react: "回應", react_not: "收回回應",
    album: "相簿", open_photo: "開啟圖片", hidden: "點開查看", results: "詩", names: "提到誰", inline_hint: "在任何聊天裡寫詩",
    place_action: "正在尋找位置…", sticker_action: "正在選貼圖…", forwarded: "轉寄自 {0}",
    joined: "{0} 邀請 {1} 進群", went: "{0} 離開了群", removed: "{0} 將 {1} 移出了群", pinned: "置頂訊息",
    pinned_by: "{0} 置頂了「{1}」", member_list: "成員", creator: "群主", administrator: "管理員", member: "成員",
    promote: "設為管理員", demote: "取消管理員", promote_bot: "讓機器人做管理員", demote_bot: "取消機器人的管理員",
    as_group: "以群的身分發言", as_oneself: "以自己的身分發言", restricted: "受限",
    where: "你在哪裡？", latitude: "緯度", longitude: "經度", fold: "鍵盤", split: "兩人並排",
    look: "外觀", look_auto: "跟隨系統", look_light: "淺色", look_dark: "深色", to_dark: "換成深色", to_light: "換成淺色",
    now_dark: "夜色已至", now_light: "天亮了",
    limits: "Telegram 的限速", limits_text: "Telegram 每秒最多收 30 則訊息，每個聊天每秒 1 則，每個群每分鐘 20 則。打開後，這裡也一樣嚴格。",
    limits_on: "打開限速", limits_off: "關閉限速", limits_refused: "到現在擋下了 {0} 則。", keys: "鍵盤操作",
    key_list: [["Alt 1 2 3", "換一個人"], ["Alt ↑ ↓", "換一個聊天"], ["↑", "從輸入框走進訊息"], ["↑ ↓", "在訊息之間走動"],
      ["Enter", "走到訊息的按鈕"], ["← → ↑ ↓", "在按鈕之間走動"], ["R", "回覆這則訊息"], ["Shift F10", "這則訊息的選單"],
      ["Tab", "補全命令"], ["Esc", "回到輸入框"]],
  },
  en: {
    note: "On this machine only", foot: "Switch to another person to see how the bot speaks to them.",
    who: "Write as", you: "You are {0}", bot: "bot", typing: "typing…", photo_action: "sending a picture…",
    file_action: "sending a file…", members: "{0} members", left: "the bot is not here", blocked: "blocked",
    message: "Message", send: "Send", menu: "Menu", attach: "Attach", back: "Back to the chats", more: "More",
    block: "Block the bot", unblock: "Unblock", migrate: "Upgrade to supergroup", window: "Open side by side",
    add_bot: "Invite the bot again", remove_bot: "Remove the bot",
    photo: "Photo", document: "File", location: "Location", sticker: "Sticker", today: "Today", yesterday: "Yesterday",
    edited: "edited", reply: "Reply", close: "Close", to_end: "To the newest message", empty_title: "Ask for a poem",
    empty_text: "Send a theme and the bot writes a classical Chinese poem about it.", empty_try: "Try one of these", start: "Start",
    empty_group: "In a group, call it with a command:", copied: "Copied", moved: "This group was upgraded to a supergroup",
    came: "This supergroup was a group before", no_answer: "The bot did not answer", lost: "Connection lost, trying again…", choose: "Send to which chat?",
    commands: "Commands", no_results: "Nothing found", new: "{0} new", via: "via @{0}", open: "Open",
    newcomer: "Newcomer", name: "Name", language: "Language", join: "Join", invite: "Invite {0}", calls: "Calls of the bot", voice: "Voice message",
    chats: "Chats", topics: "Topics", copy: "Copy text", edit: "Edit", delete: "Delete", react: "React", react_not: "Take back",
    album: "Album", open_photo: "Open the picture", hidden: "Show what is hidden", results: "Poems", names: "Whom to mention", inline_hint: "poems in any chat",
    place_action: "looking for the place…", sticker_action: "choosing a sticker…", forwarded: "Forwarded from {0}",
    joined: "{0} invited {1}", went: "{0} left the group", removed: "{0} removed {1}", pinned: "Pinned message",
    pinned_by: "{0} pinned “{1}”", member_list: "Members", creator: "owner", administrator: "administrator", member: "member",
    promote: "Make administrator", demote: "No longer administrator", promote_bot: "Make the bot an administrator", demote_bot: "The bot is no longer administrator",
    as_group: "Write as the group", as_oneself: "Write as oneself", restricted: "restricted",
    where: "Where are you?", latitude: "Latitude", longitude: "Longitude", fold: "Keyboard", split: "Two people side by side",
    look: "Appearance", look_auto: "As the system", look_light: "Light", look_dark: "Dark", to_dark: "Go dark", to_light: "Go light",
    now_dark: "Night has come", now_light: "It is day",
    limits: "Telegram's limits", limits_text: "Telegram takes 30 messages a second over all, one a second in a chat and 20 a minute in a group. Switched on, it is as strict here.",
    limits_on: "Hold to the limits", limits_off: "Lift the limits", limits_refused: "{0} messages were refused so far.", keys: "By keyboard",
    key_list: [["Alt 1 2 3", "another person"], ["Alt ↑ ↓", "another chat"], ["↑", "from the text field to the messages"], ["↑ ↓", "from message to message"],
      ["Enter", "to the message's buttons"], ["← → ↑ ↓", "from button to button"], ["R", "reply"], ["Shift F10", "menu of the message"],
      ["Tab", "complete a command"], ["Esc", "back to the text field"]],
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
  return values.reduce((text, value, at) => text.replace(`{${at}}`, () => value), words[key]);
}
