"""How papers word their notices, by language: words that open one, lines of agencies for editors,
and phrases in which an article speaks of itself."""

from __future__ import annotations

import re
from typing import Literal

from newsdiff_crawler.diff.lexicon import TIME_WORDS

NoticeKind = Literal["correction", "clarification", "update", "editor's note"]

# Words that open a notice of each kind: English; German; French; Spanish; Italian; Portuguese;
# Dutch; Polish; Swedish; Danish and Norwegian; Finnish; others that name it by a word.
_HEADS: dict[NoticeKind, str] = {
    "editor's note": r"""
        editor[’']?s?[’']?[ ]note | eds | note[ ]to[ ](?:our[ ])?(?:readers|editors|users)
      | publisher[’']?s[ ]note | a[ ]note[ ]to[ ](?:our[ ])?readers
      | (?:anmerkung|hinweis)[ ]der[ ]redaktion | redaktionelle[rn]?[ ](?:hinweis|anmerkung)
      | anm\.[ ]?d\.[ ]?red | transparenzhinweis
      | note[ ]de[ ](?:la[ ]rédaction|l[’']éditeur) | ndlr | modifié(?=[ ]le\b)
      | nota[ ]de[ ](?:la[ ])?redacción | nota[ ]del?[ ]editor
      | nota[ ](?:della[ ]redazione|redazionale) | ndr
      | nota[ ](?:da[ ]redação|do[ ]editor)
      | (?:noot|opmerking|naschrift)[ ]van[ ]de[ ](?:eind)?redactie | naschrift(?:[ ]redactie)?
      | od[ ]redakcji | (?:przypis|uwaga)[ ]redakcji
      | redaktionens[ ](?:kommentar|anmärkning|note) | red\.?[ ]anm | från[ ]redaktionen
      | redaksjonens[ ](?:kommentar|merknad) | redaksjonell[ ]merknad | redaktionel[ ]note
      | toimituksen[ ](?:huomautus|huomio)
      | (?:от|примечание)[ ]редакции | від[ ]редакції | poznámka[ ]redakce | editörün[ ]notu
      | 編集部(?:注|より) | 编者(?:按|注) | 編者按""",
    "clarification": r"""
        clarifications? | klarstellung | präzisierung | clarification
      | précisions?(?:[ ](?:apportée|ajoutée)s?(?=[ ]le\b))?
      | aclaración | aclaraciones | precisión | precisazione | chiarimento | esclarecimento
      | verduidelijking | verheldering | wyjaśnienie | doprecyzowanie | förtydligande
      | presisering | præcisering | tarkennus | täsmennys | уточнение | уточнення | upřesnění""",
    "update": r"""
        updates? | updated(?=\s?[:\d]) | news[ ]update | aktualisierung
      | aktualisiert(?=:|[ ](?:am|um)\b)
      | mise[ ]à[ ]jour | mis[ ]à[ ]jour(?=[ ]le\b) | edit(?=[ ]du\b|\s?:) | actualización
      | aggiornamento | ac?tualização | aanvulling(?=:) | aktualizacja | uppdatering
      | uppdaterad(?=:)
      | oppdatering | opdatering | oppdatert(?=:) | opdateret(?=:) | päivitys""",
    "correction": r"""
        corrections?(?:[ ]notice|[ ]appended|[ ](?:to|on|for)[ ](?:this|our)[ ]\w+)?
      | corrections?[ ]?(?:and|&|/)[ ]?clarifications? | correctives? | corrected(?:[ ]version)?
      | errat(?:um|a) | for[ ]the[ ]record | refil(?:e|es|ed|ing)(?=:)
      | korrektur(?:hinweis|en)? | richtigstellung | berichtigung | in[ ]eigener[ ]sache
      | rectificatifs? | rectifications? | correctif | errat(?:um|a)
      | corrección | correcciones | fe[ ]de[ ]err(?:atas?|ores) | rectificación
      | correzione | correzioni | errata[ ]corrige | rettifica
      | correc?ção | correc?ções | erramos | rec?tificação | errámos
      | correctie | rectificatie | rechtzetting | verbetering(?=:) | gecorrigeerd
      | sprostowanie | korekta | poprawka
      | rättelse
      | (?:rättat|rettet|korrigiert|korrigerat|corrigé|corregido)(?=:|\s(?:kl|den|am|le|el)\b)
      | korjattu(?=:|[ ](?:\d|klo\b))
      | korrigering | rättning | korrektion
      | rettelser? | retting | beriktigelse | korreksjon
      | oikaisu | korjaus | исправлен(?:ие|о) | поправка | виправлен(?:ня|о) | oprava
      | düzeltme | διόρθωση | helyreigazítás | 訂正(?:して?お詫び)? | 更正 | 정정(?:보도(?:문)?)?
      | 바로잡습니다 | تصحيح | اصلاحیه | (?:भूल|त्रुटि)[ -]?सुधार | koreksi | ralat | pataisymas
      | đính[ ]chính""",
}
# What may stand between the word and the end of the line or the colon: a date, a time.
_TIMES = "|".join(sorted(map(re.escape, TIME_WORDS | {"ore", "klo", "às", "uur", "vom"})))
_DATED = rf"(?:[\W\d]|(?<=\d)(?:h|[ap]\.?m\b\.?)|\b(?:{_TIMES})\b)*?"
HEAD = re.compile(
    r"[^\w(]*[(\[]?\s*(?:"
    + "|".join(rf"(?P<k{n}>{words})" for n, words in enumerate(_HEADS.values()))
    + r")\b\s*(?:[:：＝–—|/\])]|-\s|\.\s|\.?\s*[)\]]?\s*$"
    + rf"|\(?(?=[^:]{{0,60}}(?::|$)){_DATED}(?::|$))",
    re.VERBOSE | re.IGNORECASE,
)
KINDS = tuple(_HEADS)
INLINE = re.compile(
    r"[(\[]\s*(?:"
    + "|".join(rf"(?P<k{n}>{words})" for n, words in enumerate(_HEADS.values()))
    + r")\s?:",
    re.VERBOSE | re.IGNORECASE,
)
# Lines of agencies for editors: a verb without a subject, or with what says so for one.
AGENCY = re.compile(
    r"""[^\w(\["“”„«»'‘’]*(?:
        (?:APNewsAlert|Eds)\b[^.]{0,20}:\s
      | [(\[]\s*(?:\w+ly\s)?(?P<brackets>
          (?:corrects|corrected|refiles|refiled|fixes|clarifies|recasts|removes|deletes|repeats
            |rewrites|amends|adds(?!\ up\b)|updates(?!\ on\b))\b
        | (?:korrigiert|berichtigt|aktualisiert|ergänzt|präzisiert|wiederholung)\b
        | (?:corrige|rectifie|actualise|ajoute|précise|répète|corrigé|actualisé|rectifié)\b
        | (?:actualiza|añade|agrega|rectifica|repite|corregid[ao]|actualizad[ao])\b
        | (?:rättad|rättar|uppdaterad|uppdaterar|korrigerad|korrigerar)\b )
      | [(\[]\s*(?:this\s|the\s)?(?:story|version|item)\s(?:refiles|corrects|fixes)\b
      | [(\[]\s*(?:[\w’']+\s){1,2}corrects\b[^)]*\b
            (?:paragraph|para|headline|lead|lede|story|dateline|graf|byline)\b
      | (?P<bare>corrects|refiles|fixes)\b (?!\ (?:is|was|are)\b)
      | the\sfollowing\scorrects\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
# What an article may be called by itself, where it says "this" ...
_THING = (
    r"(?:article|story|report|headline|piece|post|page|caption|video|column|review|obituary"
    r"|graphic|photo|picture|image|footnote|podcast|newsletter|map|chart|interview|blog"
    r"|live\ blog|text|item|dispatch|essay|op-ed|editorial|transcript|summary|entry|gallery"
    r"|version|list|recipe|quiz|standfirst|subheading|analysis|explainer|feature|profile|file)"
)
# ... and where it says "the".
_ITSELF = r"(?:article|story|headline|caption|standfirst|subheading|web\ version|online\ version)"
_EARLIER = r"(?:an?|the)?\ ?(?:earlier|previous|prior|original|initial|first|older|former)"
_WRONG = (
    r"(?:misstated|misspel(?:led|t)|misidentified|misattributed|misquoted|misreported|miscalculated"
    r"|mischaracteri[sz]ed|misnamed|misrepresented|misdescribed|overstated|understated|incorrectly"
    r"|mistakenly|wrongly|erroneously|inaccurately|omitted|gave\ the\ wrong|contained\ an?\ error"
    r"|was\ incorrect|used\ the\ wrong|had\ the\ wrong)"
)
_DONE = (
    r"(?:since\ |later\ |also\ |further\ |subsequently\ |now\ )?"
    r"(?:corrected|amended|updated|clarified|revised|changed|edited|modified|altered|rectified|refiled)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
# By language: parts of words without which there is no phrase, and the phrases.
_PHRASES = {
    "en": (
        "amend correct updated refiled clarif version footnote revised edited changed removed"
        " earlier error mistake mistaken erroneous misspel misstat misident originally previously"
        " initially wrong incorrect regret apologi",
        rf"""
        (?:this|our)\ (?:[\w’']+[.,]?\ ){{0,3}}?{_THING}\b
            (?!\ (?:of\ (?!(?:the|this|our)\ {_THING}) | by\ (?:the|an?)\b)) [^.]{{0,60}}?\b
            (?:has\ been|have\ been|was|were|is)\ {_DONE}\b (?!\ by\b)
      | ^\W*(?:updated|corrected|amended|refiled|edited)\b [^.]{{0,40}}\bto\ (?:include|add|reflect
            |correct|fix|clarify|remove|say|show|note|make)\b
      | \bthe\ {_ITSELF}\b (?:\ (?:above|here|on\ this\ \w+|of\ this\ \w+|and\ \w+))?
            \ (?:has\ been|have\ been|was|were)\ {_DONE}\b (?!\ by\b)
      | (?:this|our)\ (?:\w+\ ){{0,2}}{_THING}\ (?:\w+\ )?
            (?:corrects|clarifies|has\ corrected|fixes|updates\ (?:to|with|the))\b
      | \b(?:in|from|of|on|with)\ (?:this|our)\ {_THING}
            \ (?:was|were|has\ been|have\ been)\ (?:{_DONE}
            |removed|deleted|added)\b
      | \b(?:this|our|the)\ version\ of\ (?:this|the|our)\ {_THING}\ (?:corrects|clarifies|adds)
      | \bthis\ (?:footnote|note|correction|clarification|editor[’']s\ note)
            \ (?:was|has\ been)\ added
      | {_EARLIER}\ (?:versions?|edition|headline|caption|posting|post|iteration)
            \ (?:of|on|for|to|in)\ (?:
                (?:this|our)\ (?:[\w’'-]+\ ){{0,2}}?{_THING} | the\ {_ITSELF} )\b
      | \bearlier\ versions?\ of\ this\b
      | {_EARLIER}\ (?:version|story|article|headline|caption)\ (?:[\w’]+\ ){{0,3}}?{_WRONG}\b
      | ^\W*(?:{_EARLIER})\ version\ (?:said|stated|gave|reported|referred|listed|named
            |included|had)
      | \b(?:error|mistake)\ in\ (?:an?|the|our)\ (?:earlier|previous|original|first)
            \ (?:version|story|article|headline)
      | \b(?:this|the)\ (?:article|story|headline|post|piece|caption|column)\ (?:
            originally|previously|initially|incorrectly|mistakenly|wrongly|erroneously|misstated
            |misspelled|misidentified)\b
      | ^\W*in\ {_EARLIER}\ version\ of\ (?:this|our)\ {_THING}\b
      | \b(?:because\ of|due\ to|owing\ to)\ an?\ error\b [^.]{{0,60}}
            \b(?:{_WRONG}|the\ wrong|an?\ incorrect)\b
      | \bin\ the\ original\ (?:version|article|story)\b [^.]{{0,60}}\b{_WRONG}
      | \b(?:misspel(?:led|t)|misstated|misidentified|incorrect(?:ly)?|wrong(?:ly)?)\b [^.]{{0,40}}
            \b(?:in|on)\ (?:this|an?\ (?:earlier|previous)\ version\ of\ this)\ {_THING}
      | ^\W*we\ (?:originally|initially|previously|first|wrongly|incorrectly)
            \ (?:reported|said|wrote|stated)\b
      | ^\W*we\ (?:are|were)\ (?:happy|glad|asked|pleased)\ to\ (?:clarify|make\ clear|point\ out)
      | \ba\ (?:correction|clarification)\ (?:was|has\ been)\ (?:made|added|appended|issued\ on)
      | \bfollowing\ (?:correction|clarification)s?\ (?:was|were|has\ been|appeared|is)
      | \b(?:because\ of|due\ to|owing\ to)\ an?\ (?:editing|editor[’']s|reporting|production
            |typing|typographical|copy[\ -]editing|transcription|translation)\ error\b
      | ^\W*(?:updated|corrected|amended)\ (?:to|throughout|with|on|at|from)\b
      | ^\W*(?:story|article|headline|text|report|post)
            \ (?:updated|corrected|amended|edited|clarified)\b (?!\ by\b)
      | \bhas\ (?:amended|corrected|updated)\ (?:this|our|the)\ {_THING}\b
      | \bhas\ corrected\b [^.]{{0,60}}\bin\ (?:this|our)\ {_THING}\b
      | \b(?:erroneously|incorrectly|mistakenly|wrongly)\ (?:reported|stated|said|identified
            |described|attributed|named|listed)\b [^.]{{0,100}}\bin\ an?\ (?:story|article)\b
      | ^\W*in\ an?\ {_THING}\ (?:\w+\ )?
            (?:published|on|about|that|sent|dated|for|from|{_MONTH})\b [^.]{{0,120}}
            \b(?:erroneously|incorrectly|mistakenly|wrongly|misstated|misidentified|misspelled)\b
      | \bapologi[sz]es?\b [^.]{{0,60}} \bfor\ (?:the|this|our|any)\ (?:error|mistake)\b
            (?!\ in\ (?!(?:this|our|an)\b))
      | \bhas\ been\ (?:corrected|updated|amended)\ to\ (?:reflect|say|show|make\ clear|correct
            |clarify|remove|note|indicate|add|include)\b
      | \b(?:article|story|headline|post|piece)\ was\ (?:first\ |originally\ )?published\b
            [^:]{{0,40}}
            \.?\ (?:it|and)\ (?:was|has\ been)\ {_DONE}
      | \bwe(?:\ have|[’']ve)?\ (?:since\ |now\ )?(?:removed|deleted)\ [^.]{{0,60}}
            \bfrom\ this\ (?:article|story|headline|piece|post|report)\b
      | \bwe(?:\ have|[’']ve)?\ (?:since\ |now\ )?(?:corrected|amended|updated
            |clarified|changed|fixed)\ [^.]{{0,60}}\b(?:article|story|headline|spelling|name|text
            |version|caption|error|figure
            |number|wording|post|report)\b
      | ^\W*the\ (?:spelling|name|age|title|date|figure|number|caption|photo|headline)\b
            [^.]{{0,60}} \b(?:has\ been|have\ been)\ (?:corrected|amended|fixed)\b (?!\ by\b)
      | ^\W*this\ is\ a\ (?:breaking|developing)\b [^.]{{0,40}}\b(?:has\ been|was)\ updated\b
      | \bwe\ (?:regret|apologi[sz]e\ for)\ (?:the|this|any|our|these)\ (?:\w+\ )?
            (?:errors?|mistakes?|confusion|inaccurac(?:y|ies)|oversight)\b (?=\s*[.!)]*\s*$|[.!])
    """,
    ),
    "de": (
        "artikel text version fassung meldung beitrag überschrift bericht ursprünglich zunächst"
        " wir stelle",
        r"""
        (?:früheren?|vorherigen?|ersten?|älteren?|ursprünglichen?|vorigen?|vorangegangenen)
            \ (?:version|fassung) (?:
            \ (?:dieses|dieser|unseres|unserer|von)\b
          | \ (?:des|der)\ (?:artikels|textes|beitrags|beitrages|meldung|berichts|überschrift)
          | \ (?:stand|hieß|hatten?|haben|wurde|war|lautete|berichteten|schrieben|nannten?)\b )
      | \b(?:dieser|der|dieses|die|diese|den|diesen|unser)
            \ (?:artikel|text|beitrag|meldung|überschrift|bildunterschrift)
            (?!\ (?:\d+|des|der|von|über|im)\b) [^.]{0,40}\b(?:wurden?|ist|haben|hat|worden)?
            [^.]{0,40}\b(?:korrigiert|berichtigt|aktualisiert|geändert|ergänzt|angepasst
            |überarbeitet|präzisiert|richtiggestellt|konkretisiert)
      | \b(?:dieser|diesen)\ bericht\b [^.]{0,60}\b(?:korrigiert|berichtigt|aktualisiert|geändert)
      | \bnachträglich\ (?:berichtigt|korrigiert|geändert|ergänzt|angepasst|präzisiert)
      | \b(?:anders|entgegen)\b [^.]{0,20}\b(?:zunächst|ursprünglich|zuvor|früher)
            \ (?:berichtet|geschrieben|gemeldet|von\ uns)
      | ^\W*an\ dieser\ stelle\ (?:stand|hieß|war)\b [^.]{0,20}
            \b(?:zuvor|zunächst|ursprünglich|früher|vorher|erst)\b
      | \b(?:zunächst|ursprünglich|zuvor)\ (?:hieß|stand)\ (?:es\ )?
            (?:hier|an\ dieser\ stelle|in\ diesem)
      | ^\W*wir\ hatten\ (?:zunächst|ursprünglich|zuvor|irrtümlich|fälschlich\w*)\ [^.]{0,30}
            \b(?:berichtet|geschrieben|gemeldet)
      | \bwir\ haben\ [^.]{0,60}\b(?:korrigiert|berichtigt|richtiggestellt|präzisiert|konkretisiert)
      | \bwir\ haben\ [^.]{0,30}\b(?:überschrift|artikel|text|zahl|stelle|passage|satz|angabe|namen)
            [^.]{0,30}\b(?:geändert|ergänzt|angepasst|entfernt|aktualisiert)
      | \bwir\ bitten,?\ [^.]{0,40}(?:fehler|irrtum|versehen|verwechslung)\b [^.]{0,20}(?:entschuld)
      | \bwir\ entschuldigen\ uns\ für\ [^.]{0,20}(?:fehler|irrtum|versehen|verwechslung)
      | ^\W*(?:artikel|text|beitrag)\ (?:aktualisiert|korrigiert|geändert|ergänzt)\b
      | \bwir\ bitten\ (?:um\ entschuldigung|dies\ zu\ entschuldigen|das\ zu\ entschuldigen)
    """,
    ),
    "fr": (
        "version article texte titre erreur contrairement dépêche nous",
        r"""
        \b(?:première|précédente|ancienne)\ version\ (?:de\ (?:cet|ce|cette|notre|l[’'])|du\ titre
            |publiée)
      | \bversion\ (?:précédente|antérieure|initiale|ancienne|originale)\ (?:
            de\ (?:cet|ce|cette|notre|l[’'])
          | (?:donnait|indiquait|mentionnait|affirmait|disait|évoquait|comportait|attribuait) )
      | \b(?:cet|l[’'])\ ?article (?!\ (?:\d+|premier|de|du|L\.)) [^.]{0,40}
            \b(?:a\ été|est|fut)\ (?:\w+\ )?(?:corrigé|modifié|mis\ à\ jour|rectifié|actualisé
            |complété|amendé|édité)
      | \bcette\ (?:dépêche|information|brève|page)\b [^.]{0,40}
            \ba\ été\ (?:\w+\ )?(?:corrigée|modifiée|mise\ à\ jour|rectifiée|actualisée)
      | \b(?:ce|le)\ (?:texte|titre|papier) (?!\ (?:de|du)\b) [^.]{0,40}
            \ba\ été\ (?:\w+\ )?(?:corrigé|modifié|mis\ à\ jour|rectifié|actualisé)
      | ^\W*(?:article|texte|titre|papier|dépêche)\ (?:modifiée?|corrigée?|mis[e]?\ à\ jour
            |actualisée?|rectifiée?|complétée?)\b
      | \bcontrairement\ à\ ce\ (?:que\ nous
            |qui\ (?:a\ été|avait\ été|était)\ (?:écrit|indiqué|publié)
            |qu[’']indiquait|que\ (?:cet|notre))
      | ^\W*nous\ av(?:ions|ons)\ (?:initialement|d[’']abord|précédemment)
            \ (?:écrit|indiqué|annoncé)
      | ^\W*nous\ av(?:ions|ons)\ (?:écrit|indiqué|annoncé)\ (?:par\ erreur|à\ tort|initialement)
      | \bune\ erreur\ s[’']est\ glissée
      | \bnous\ avons\ (?:corrigé|rectifié|modifié\ (?:cet|le\ titre|l[’']article))
      | \bnous\ (?:vous\ )?(?:prions|présentons)\ [^.]{0,40}\b(?:erreur|excuse)
    """,
    ),
    "es": (
        "versión artículo noticia texto nota información error crónica hemos lamentamos",
        r"""
        \b(?:primera\ versión|versión\ (?:anterior|previa|inicial|original|precedente))\ (?:
            de\ (?:este|esta|nuestro|nuestra|la\ (?:noticia|nota|crónica)|l\ artículo)
          | del\ (?:artículo|texto)\b (?!\ de) | (?:decía|indicaba|señalaba|afirmaba) )
      | \b(?:este|esta|el|la)\ (?:artículo|noticia|texto|información|nota|titular|crónica)
            (?!\ (?:\d+|de|del)\b) [^.]{0,40}(?:\b(?:ha\ sido|fue|se\ ha|han)\ (?:\w+\ )?
            (?:corregid|modificad|actualizad|rectificad|editad|ampliad)
            | \bse\ (?:actualizó|corrigió|modificó|rectificó)\b)
      | \bpor\ (?:un\ )?error\b [^.]{0,30}\b(?:en\ (?:este|esta)\ (?:artículo|noticia|texto))
      | ^\W*(?:artículo|texto|noticia)\ (?:actualizad|modificad|corregid)[oa]\b
      | \bpor\ (?:un\ )?error,?\ en\ una\ (?:primera\ versión|versión\ (?:anterior|previa))\b
      | \bhemos\ (?:corregido|rectificado)\b | \blamentamos\ (?:el|este)\ error
    """,
    ),
    "it": (
        "versione articolo testo notizia abbiamo scusiamo",
        r"""
        \b(?:prima\ versione|versione\ (?:precedente|iniziale|originale|originaria))\ (?:
            (?:di|del|dell[’'])\ ?(?:quest[oa’']\ ?)?(?:articolo|testo|pezzo|notizia)\b
          | (?:si\ diceva|riportava|indicava|era\ scritto) )
      | \b(?:quest[o’']\ ?|l[’'])(?:articolo|testo|pezzo) (?!\ (?:\d+|di|del)\b) [^.]{0,40}
            \b(?:è|era)\ stato\ (?:\w+\ )?(?:corretto|modificato|aggiornato|rettificato|emendato)
      | ^\W*(?:articolo|testo|notizia)\ (?:aggiornat|modificat|corrett|rettificat)[oa]\b
      | \babbiamo\ (?:corretto|rettificato)\b | \bci\ scusiamo\ (?:per|con\ i\ lettori)
    """,
    ),
    "pt": (
        "versão artigo texto reportagem matéria notícia corrigimos pedimos",
        r"""
        \b(?:primeira\ versão|versão\ (?:anterior|inicial|original|prévia))\ (?:
            d(?:este|esta|o|a)\ (?:artigo|texto|reportagem|matéria|notícia)\b (?!\ d[aeo]\b)
          | (?:dizia|informava|indicava|afirmava) )
      | \b(?:este|esta|o|a)\ (?:artigo|texto|reportagem|matéria|notícia)
            (?!\ (?:\d+|d[aeo])\b) [^.]{0,40}\b(?:foi|é)\ (?:\w+\ )?
            (?:corrigid|ac?tualizad|alterad|modificad|rec?tificad|editad)
      | \b(?:diferentemente|ao\ contrário)\ do\ que\ (?:informou|informamos|foi\ (?:publicado
            |informado)|publicamos|a\ folha|o\ texto)
      | ^\W*(?:artigo|texto|notícia|reportagem)\ (?:ac?tualizad|modificad|corrigid)[oa]\b
      | \bcorrigimos\ (?:o|a|este|esta)\ | \bpedimos\ desculpas?\ (?:pelo|aos\ leitores)
    """,
    ),
    "nl": (
        "versie artikel bericht stuk tekst kop hebben",
        r"""
        \b(?:eerdere|vorige|oorspronkelijke|eerste)\ versie\ (?:
            van\ (?:dit|deze|het\ (?:artikel|bericht|stuk))
          | (?:stond|werd|meldde|meldden|schreven|vermeldde) )
      | \b(?:(?:dit|het)\ (?:artikel|bericht|stuk|verhaal)|(?:deze|de)\ kop|deze\ tekst)
            \ (?:is|werd)\b [^.]{0,40}
            (?:aangepast|gecorrigeerd|gewijzigd|bijgewerkt|geactualiseerd|aangevuld|verbeterd
            |geüpdatet)
      | \bwe\ hebben\ (?:dit|de\ kop|het\ artikel)\ [^.]{0,30}(?:aangepast|gecorrigeerd|gewijzigd)
    """,
    ),
    "pl": (
        "wersji artykuł tekst tytuł przepraszamy",
        r"""
        \b(?:poprzedniej|wcześniejszej|pierwotnej|pierwszej)\ wersji\ (?:
            (?:tego|naszego)\b | (?:artykułu|tekstu)\b
          | (?:podano|napisano|napisaliśmy|podaliśmy|błędnie|znalazł) )
      | \b(?:artykuł|tekst|tytuł)\ (?:ten\ )?(?:został|był)\ (?:\w+\ )?
            (?:poprawion|zaktualizowan|zmienion|uzupełnion|skorygowan)
      | \bprzepraszamy\ za\ (?:błąd|pomyłkę|błędy)
    """,
    ),
    "sv": (
        "artikeln texten rubriken nyheten notisen bildtexten felaktig tidigare rättat felet"
        " korrigera uppdatera",
        r"""
        \b(?:tidigare|första|ursprunglig|ursprungliga)\ version(?:en)?\ (?:
            av\ (?:artikeln|texten|den\ här|denna|nyheten|notisen|reportaget)
          | (?:stod|angavs|uppgavs|skrev|framgick|angav) )
      | \b(?:artikeln|texten|rubriken|nyheten|bildtexten|notisen|ingressen)
            (?!\ (?:i|till|om|på|av|som)\b) (?:\ \w+){0,3}?
            \ (?:har|är|blev|blivit)\b (?:\ \w+){0,3}?
            \ (?:korrigera|uppdatera|rätta|ändra|justera|komplettera|förtydliga)
      | \b(?:artikeln|texten|nyheten)\ (?:korrigerades|uppdaterades|rättades|ändrades)
      | \bi\ (?:artikeln|texten|rubriken|notisen|ingressen|bildtexten)
            \ (?:stod|angavs|uppgavs|skrevs)\ (?:det\ )?(?:tidigare|först|felaktigt|fel)
      | \btidigare\ (?:stod|angavs|uppgavs|skrev\ vi)\ (?:det\ )?
            (?:felaktigt|fel\b|här|i\ (?:artikeln|texten))
      | \b(?:artikeln|texten|vi)\ (?:\w+\ )?(?:angav|uppgav|skrev)\ (?:först\ |tidigare\ )?felaktigt
      | ^\W*vi\ (?:har|hade)\ (?:tidigare|först|felaktigt)\ (?:skrivit|uppgett|uppgivit)\b
      | \bfelaktigt\ (?:i|skrev\ vi|uppgav\ vi)\ (?:artikeln|texten|en\ tidigare)
      | \bvi\ har\ (?:rättat|korrigerat|förtydligat|rettet|korrigert|korrigeret|presisert)\b
      | \bvi\ har\ (?:ändrat|uppdaterat|endret|ændret|oppdatert|opdateret)\ [^.]{0,40}
            (?:artik|text|rubrik|overskrift|saken|namn|navn|uppgift)
      | \bvi\ (?:beklagar|beklager|ber\ om\ ursäkt\ för|undskylder)
            \ (?:felet|misstaget|feilen|fejlen)
    """,
    ),
    "da": (
        "artiklen artikkelen saken teksten overskriften version versjon udgave rettet korriger"
        " opdater oppdater",
        r"""
        \b(?:tidligere|første|oprindelig|opprinnelig)e?\ (?:version|udgave|versjon)\ (?:
            a[fv]\ (?:artiklen|artikkelen|saken|denne|dette|teksten)
          | (?:stod|sto|fremgik|skrev|ble\ det|blev\ det|het) )
      | \b(?:artiklen|artikkelen|teksten|overskriften|rubrikken)
            (?!\ (?:i|til|om|på|a[fv])\b) (?:\ \w+){0,3}?\ (?:er|blev|ble|har)\b (?:\ \w+){0,3}?
            \ (?:oppdatert|opdateret|rettet|korriger[et]+|endret|ændret|presisert|præciseret)
      | ^\W*(?:saken|artikkelen)\ er\ endret\b(?=\s?[:.])
      | \bsaken\ (?:er|ble|har)\b (?:\ \w+){0,2}?\ (?:oppdatert|rettet|korrigert)\b
      | ^\W*tidligere\ stod\ der\ i\ (?:artiklen|teksten)
      | \bi\ (?:artiklen|artikkelen|saken)\ (?:stod|sto)\ det\ (?:tidligere|først|feilaktig)
      | \bvi\ har\ (?:rättat|korrigerat|förtydligat|rettet|korrigert|korrigeret|presisert)\b
      | \bvi\ har\ (?:ändrat|uppdaterat|endret|ændret|oppdatert|opdateret)\ [^.]{0,40}
            (?:artik|text|rubrik|overskrift|saken|namn|navn|uppgift)
      | \bvi\ (?:beklagar|beklager|ber\ om\ ursäkt\ för|undskylder)
            \ (?:felet|misstaget|feilen|fejlen)
    """,
    ),
    "fi": (
        "juttua artikkelia otsikkoa uutista juttu jutussa artikkelissa versio virhettä",
        r"""
        \b(?:juttua|artikkelia|otsikkoa|uutista|tekstiä)\ (?:on\ )?(?:\w+\ )?
            (?:korjattu|päivitetty|muutettu|muokattu|täydennetty|tarkennettu)
      | \bjutun\ aiemmassa\ versiossa | \b(?:jutussa|artikkelissa)
            \ (?:kerrottiin|luki|oli|sanottiin)\ (?:aiemmin|aluksi|virheellisesti)
      | \bpahoittelemme\ virhettä

    """,
    ),
}


def _compile(pattern: str) -> re.Pattern[str]:
    """A full stop after a digit ends no sentence: "am 3. Mai". A time may stand first: "15.42:"."""
    pattern = pattern.replace("[^.]", r"(?:[^.]|(?<=\d)\.)")
    pattern = pattern.replace(r"^\W*", r"^\W*(?:\d{1,2}[.:h]\d\d\W+)?")
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


COMPILED = {
    language: (tuple(parts.split()), _compile(pattern))
    for language, (parts, pattern) in _PHRASES.items()
}
COMPILED["no"] = COMPILED["da"]
CLARIFIES = re.compile(
    r"clarif|make clear|klarge|klarst|präzis|konkretis|précis(?:é|er)|aclara|precisa|esclarec"
    r"|verduidelijk|wyjaśn|förtydlig|presis|præcis|tarken",
    re.IGNORECASE,
)
UPDATES = re.compile(
    r"updat|aktualis|mis(?:e)? à jour|actuali[sz]|aggiorna|atualiz|bijgewerkt|zaktualiz"
    r"|uppdater|oppdater|opdater|päivit|\badds\b|recast|ergänzt|complét|aangevuld|ampliad|uzupełn"
    r"|täydenn|kompletterat|supplied|new figures",
    re.IGNORECASE,
)
EDITS = re.compile(
    r"note\b|chang|edited|modif|removed|added|geändert|entfernt|ändrat|ändra|endret|ændret|gewijzigd"
    r"|aangepast|alterad|zmienion|muutettu|altered",
    re.IGNORECASE,
)
CORRECTS = re.compile(
    r"correct|refile|misst|mis(?:s?p|id|at|q|rep|n|ch)|error|mistake|wrong|\bfix|amend|version|fassung"
    r"|korrig|korrek|bericht|fehler|falsch|erreur|erron|corri|rectif|rettif|retific|felakt|\bfel\b"
    r"|rätt|rett|wersj|błęd|versie|gecorr|versión|versão|versione|versjon|udgave|korja|contrair",
    re.IGNORECASE,
)
