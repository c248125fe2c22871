## Who may change what a group shares
only-admins = 群組的設定要請管理員來改，大家都可以看。
