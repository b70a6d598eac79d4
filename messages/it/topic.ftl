# Topics in the administration.

topic-lead = I casi si classificano per tema. Un tema ritirato non si offre più; i casi che lo hanno lo tengono.
topic-none = Non c’è ancora nessun tema: aggiunga il primo.
topic-add = Aggiungi un tema
topic-add-below = Aggiungi sotto
topic-change = Cambia
topic-up = Sposta { $name } più su
topic-down = Sposta { $name } più giù
topic-retire = Ritira
topic-restore = Riporta
topic-retired = ritirato
topic-hidden = sotto un tema ritirato
topic-name-in = Nome ({ $language })
topic-parent = Sta sotto
topic-top = — nessun altro tema
topic-meanwhile = Qualcun altro ha cambiato { $name } nel frattempo. Quello che ha scritto è qui sotto: se salva, vale quello.
topic-done-added = Il tema “{ $name }” c’è.
topic-done-changed = Il tema “{ $name }” è cambiato.
topic-done-retired = Il tema “{ $name }” non si offre più.
topic-done-restored = Il tema “{ $name }” si offre di nuovo.
topic-done-moved = Il tema “{ $name }” è stato spostato.
admin-topic-new-title = Un tema nuovo
admin-topic-new-submit = Aggiungi
admin-topic-change-title = Il tema “{ $name }”
admin-topic-change-submit = Salva
