## Who may change what a group shares
only-admins = Only the group's admins can change this; everyone can look.

## When something does not work
subscriptions-full = There are { $most } daily poems here already; end one before you add another.
subscription-gone = That daily poem has ended. /subscribe shows what there is now.
hour-taken = There is a daily poem at this hour already.
unknown-place = I don't know where “{ $word }” is. A time zone can be a city (Tokyo, 纽约), UTC+8 or a name like Asia/Tokyo; themes are written in Chinese.
