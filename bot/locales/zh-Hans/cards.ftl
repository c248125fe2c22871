## Poems as pictures
button-card = 🖼 诗笺
paper-xuan = 宣纸
paper-lan = 朱丝栏
paper-sajin = 洒金
paper-douqing = 豆青
paper-ciqing = 磁青
paper-hong = 红笺
paper-ye = 夜色
paper-chosen = ✓ { $paper }
card-not-allowed = 这个群不让我发图片，请管理员打开“发送图片”的权限。
