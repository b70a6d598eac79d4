# Jobs and letters that did not go.

job-recurring = Lavori automatici
job-run = Fai subito
job-every = Ogni { $length }
job-last = ultima volta: { $when }
job-next = prossima: { $when }
job-never = mai
job-soon = fra qualche secondo
job-running = è al lavoro adesso
job-failed = Non riesce (tentativo { $count }):
job-bring-back = Promemoria
job-bring-back-lead = Riporta fra i casi da guardare quelli il cui promemoria è arrivato.
job-bring-home = Casi senza coda
job-bring-home-lead = Dà una coda ai casi che stavano in una che non c’è più.
job-close = Chiusura
job-close-lead = Chiude i casi risolti che nessuno ha riaperto nel tempo previsto dal servizio.
job-sweep = Pulizia
job-sweep-lead = Toglie sessioni, limiti e segni di presenza scaduti.
job-sweep-files = Pulizia dei file
job-sweep-files-lead = Toglie i file di moduli mai inviati.
job-letters = Lettere non partite
job-letters-lead = Dopo tutti i tentativi non sono partite. Tolto l’ostacolo, si possono rimandare.
job-no-letters = Nessuna lettera è rimasta indietro.
job-letter = Lettera
job-letter-email = e-mail
job-letter-case = Caso
job-letter-when = Quando
job-letter-why = Perché
job-letter-acts = Azioni
job-again = Rimanda
job-drop = Lascia perdere
job-done-asked = “{ $name }”: parte fra qualche secondo.
job-done-in-hand = “{ $name }” è già al lavoro.
job-done-again = La lettera { $name } riparte.
job-done-all-again = Lettere che ripartono: { $name }.
job-done-dropped = La lettera { $name } non partirà più.
admin-letter-drop-title = Lasciare perdere la lettera { $name }?
admin-letter-drop-lead = Non partirà più, e quello che portava si cancella. Non si può annullare.
admin-letter-drop-submit = Lascia perdere
job-waiting =
    { $count ->
        [one] 1 lettera aspetta di partire.
       *[other] { $count } lettere aspettano di partire.
    }
job-all-again =
    { $count ->
        [one] Rimanda la lettera
       *[other] Rimandale tutte ({ $count })
    }
job-tries = tentativi: { $count }
job-alarms = Allarmi
job-alarms-lead = Guarda le soglie e avvisa chi di dovere quando una è superata.
job-retain = Conservazione
job-retain-lead = Cancella testi, file e recapiti dei casi chiusi da più tempo di quanto il servizio li tiene.
