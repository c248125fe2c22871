## Who may change what a group shares
only-admins = 群里的设置要请管理员来改，大家都可以看。
