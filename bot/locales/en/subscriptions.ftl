## Who may change what a group shares
only-admins = Only the group's admins can change this; everyone can look.
