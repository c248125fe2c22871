## Poems as pictures
button-card = 🖼 Card
paper-xuan = Rice paper
paper-lan = Ruled
paper-sajin = Gold flecks
paper-douqing = Celadon
paper-ciqing = Indigo
paper-hong = Red
paper-ye = Night
paper-chosen = ✓ { $paper }
card-not-allowed = I may not send pictures in this group; an administrator can allow it.
