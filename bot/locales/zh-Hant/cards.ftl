## Poems as pictures
button-card = 🖼 詩箋
paper-xuan = 宣紙
paper-lan = 朱絲欄
paper-sajin = 灑金
paper-douqing = 豆青
paper-ciqing = 磁青
paper-hong = 紅箋
paper-ye = 夜色
paper-chosen = ✓ { $paper }
card-not-allowed = 這個群組不讓我傳圖片，請管理員開啟「傳送圖片」的權限。
