# Topics in the administration.

topic-lead = Cases are classified by topic. A retired topic is offered no more; cases that have it keep it.
topic-none = There is no topic yet: add the first.
topic-add = Add a topic
topic-add-below = Add below
topic-change = Change
topic-up = Move { $name } up
topic-down = Move { $name } down
topic-retire = Retire
topic-restore = Bring back
topic-retired = retired
topic-hidden = below a retired topic
topic-name-in = Name ({ $language })
topic-parent = Lies under
topic-top = — no other topic
topic-meanwhile = Somebody else has changed { $name } in the meantime. What you wrote is below: if you save, it counts.
topic-done-added = The topic “{ $name }” is there.
topic-done-changed = The topic “{ $name }” has changed.
topic-done-retired = The topic “{ $name }” is offered no more.
topic-done-restored = The topic “{ $name }” is offered again.
topic-done-moved = The topic “{ $name }” has been moved.
admin-topic-new-title = A new topic
admin-topic-new-submit = Add
admin-topic-change-title = The topic “{ $name }”
admin-topic-change-submit = Save
