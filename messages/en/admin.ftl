# The frame of the administration and its first page. What a page of it says stands in a file of its own.

admin-title = Administration
admin-nav-home = Overview
admin-attention = Needs attention
admin-all-well = Nothing needs attention.
admin-rooms = What can be set
admin-notice-letters =
    { $count ->
        [one] 1 letter did not go, after all its tries.
       *[other] { $count } letters did not go, after all their tries.
    }
admin-notice-jobs =
    { $count ->
        [one] 1 automatic job keeps failing.
       *[other] { $count } automatic jobs keep failing.
    }
