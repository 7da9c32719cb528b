"""What pages call themselves that stand in an article's place: soft 404s, notices of maintenance,
pages for other countries, bot checks. As whole titles, in the languages of many newspapers.

A headline may be one of these by chance: whether a story stands under it is for `guards` to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARTS = re.compile(r"\s+[|–—\-:·•»]+\s+")
_PAGE = r"(?:page|article|story|content|url|file|document|resource|link|post)"
_YOU_WANT = r"(?:\ (?:that\ |which\ )?you\b.{0,40}?)?"
_MISSING = rf"""
    (?:http\ )?(?:error\ |fehler\ |erreur\ |errore\ )?404(?:\ (?:error|fehler|page))?
  | (?:{_PAGE}|nothing)\ (?:not|was)\ found | not\ found | no\ such\ page | page\ unavailable
  | (?:the\ |this\ |that\ )?(?:requested\ )?{_PAGE}{_YOU_WANT}
    \ (?:(?:was|is|has|could|can|does|do)\ ?(?:not|n't)|can'?t|cannot|no\ longer|is\ no\ longer)
    \ ?(?:be(?:en)?\ )?(?:found|exists?|available|here)(?:\ .{{0,30}})?
  | (?:we\ )?(?:can'?t|cannot|couldn't|could\ not)\ find\ (?:that|the|this|your)\ {_PAGE}.{{0,40}}
  | (?:this\ |the\ )?{_PAGE}{_YOU_WANT}\ (?:has\ been|was|is)
    \ (?:removed|deleted|taken\ down|withdrawn|unpublished|expired|gone)(?:\ .{{0,30}})?
  | (?:die\ |diese\ )?(?:angeforderte\ )?(?:seite|artikel)\ (?:wurde\ )?nicht\ gefunden
  | (?:diese|die)\ seite\ (?:existiert|gibt\ es)\ (?:leider\ )?nicht(?:\ mehr)?
  | (?:cette\ |la\ )?page\ (?:demandée\ )?(?:est\ )?(?:introuvable|non\ trouvée)
  | cette\ page\ n'existe\ (?:pas|plus) | article\ introuvable
  | (?:(?:la|esta|a)\ )?p[áa]gina\ n(?:o|ão)\ (?:encontrada|existe|localizada|disponible)
  | (?:la\ )?pagina\ (?:non\ (?:è\ stata\ )?trovata|non\ esiste|inesistente)
  | pagina\ niet\ gevonden | (?:deze\ )?pagina\ bestaat\ niet(?:\ meer)?
  | sidan\ (?:kunde\ inte\ hittas|hittades\ inte|finns\ inte(?:\ längre)?|saknas)
  | siden\ (?:blev?\ ikke\ f[uo]n(?:ne|de)t|fin[dn]es\ ikke|kan\ ikke\ findes)
  | fant\ ikke\ siden | sivua\ ei\ (?:löytynyt|löydy)
  | nie\ znaleziono\ (?:takiej\ )?strony | strona\ nie\ (?:istnieje|została\ znaleziona)
  | nie\ ma\ takiej\ strony | stránka\ (?:nebyla\ )?(?:nenalezena|nalezena|neexistuje)
  | az\ oldal\ nem\ található | pagina\ nu\ (?:a\ fost\ găsită|există) | sayfa\ bulunamadı
  | η\ σελίδα\ δεν\ βρέθηκε | страница\ не\ (?:найдена|существует) | сторінк[ау]\ не\ знайден[ао]
  | (?:お探しの)?ページ(?:が|は)(?:見つかりません|存在しません)(?:でした)?
  | 页面(?:不存在|未找到) | 找不到(?:该|此)?(?:页面|網頁|网页)
  | 頁面不存在 | (?:요청하신\ )?페이지를\ 찾을\ 수\ 없습니다 | الصفحة\ غير\ موجودة | הדף\ לא\ נמצא
  | halaman\ tidak\ ditemukan | không\ tìm\ thấy\ trang
"""
_AWAY = rf"""
    (?:this\ |the\ )?(?:{_PAGE}|site|website|video|service)\ is\ (?:currently\ |temporarily\ )?
    (?:not\ available|unavailable|blocked|restricted)(?:\ (?:in|for|at|to|due)\ .{{0,50}})?
  | (?:temporarily\ |currently\ )?unavailable(?:\ (?:for|in|due)\ .{{0,40}})?
  | we(?:'ll|\ will|'re|\ are)\ be\ (?:right\ )?back(?:\ (?:soon|shortly|later))?
  | (?:(?:site|website|server|scheduled|planned|routine|down\ for|under|undergoing)\ )*maintenance
    (?:\ (?:mode|page|in\ progress|break))?
  | (?:you\ are\ being\ )?redirect(?:ed|ing)(?:\ (?:to|you)\ .{{0,60}})?
  | (?:301\ )?moved\ permanently | 302\ found
  | (?:this\ |the\ )?(?:object|document|{_PAGE})\ (?:has\ |was\ )?(?:been\ )?(?:moved|relocated)
  | (?:automatische\ )?weiterleitung
  | redirection(?:\ en\ cours)? | redirecci[oó]n(?:ando)? | doorverwijzing
  | (?:service|site|server)\ (?:is\ )?(?:temporarily\ )?(?:unavailable|down|offline|overloaded)
  | bad\ gateway | gateway\ time-?out | (?:internal\ )?server\ error | 5\d\d\ .{{0,40}}
  | something\ went\ wrong | an?\ (?:unexpected\ )?error\ (?:has\ )?occurred
  | error\ establishing\ a\ database\ connection | welcome\ to\ nginx | index\ of\ /.{{0,60}}
  | (?:wegen\ )?wartung(?:sarbeiten)? | (?:site\ )?en\ maintenance | (?:sitio\ )?en\ mantenimiento
  | (?:sito\ )?in\ manutenzione | (?:site\ )?em\ manutenção | przerwa\ techniczna
  | (?:dieser|der)\ inhalt\ ist\ (?:in\ .{{0,30}}\ )?nicht\ verfügbar | технические\ работы
  | (?:ただいま)?メンテナンス中(?:です)?
"""
_CHECK = r"""
    just\ a\ moment | one\ moment(?:,?\ please)? | please\ wait(?:\ .{0,40})?
  | access\ (?:to\ this\ (?:page|site|website)\ (?:has\ been\ |is\ )?)?(?:denied|blocked)
  | attention\ required(?:\W.*)? | are\ you\ (?:a\ |an\ )?(?:robot|human|bot)
  | (?:please\ )?(?:confirm|verify|prove)\ (?:that\ )?you(?:'re|\ are)\ (?:(?:a\ )?human|not\ a\ .*)
  | verifying\ (?:that\ )?you\ are\ (?:a\ )?human.* | making\ sure\ you(?:'re|\ are)\ not\ a\ bot
  | client\ challenge | (?:human|bot|robot|security|browser)\ (?:verification|check|challenge)
  | ddos-guard | ddos\ protection.* | pardon\ our\ interruption | checking\ your\ browser.*
  | (?:javascript|cookies)\ (?:is|are)\ (?:disabled|required|not\ enabled)(?:\ .{0,40})?
  | (?:please\ )?(?:enable|turn\ on|activate)\ (?:java\ ?script|cookies)(?:\ .{0,60})?
  | you\ have\ been\ blocked | request\ (?:blocked|rejected|unsuccessful) | too\ many\ requests
  | unusual\ (?:traffic|activity)\ .* | (?:403\ )?forbidden | 4(?:03|29)\ .{0,30}
  | einen\ (?:moment|augenblick)(?:,?\ bitte)? | un\ (?:instant|momento)(?:,?\ .{0,20})?
  | один\ момент | (?:しばらく|少々)お待ちください | sind\ sie\ ein\ (?:mensch|roboter)
  | ich\ bin\ kein\ roboter
"""
_EXCUSE = r"""
    (?:(?:o+ps|sorry|whoops|uh[-\ ]oh|we(?:'re|\ are)\ sorry|error|fehler|erreur|errore|ups|hoppla
    |désolé|lo\ sentimos|(?:error\ )?404)\b[\s!.,:–—-]*)*
"""


def _whole(formulas: str) -> re.Pattern[str]:
    return re.compile(rf"{_EXCUSE}(?:{formulas})", re.VERBOSE | re.IGNORECASE)


_FORMULAS = {
    "bot_check": _whole(_CHECK),
    "placeholder": _whole(_AWAY),
    "soft_404": _whole(_MISSING),
}


def kind_of(headlines: Iterable[str], window_title: str = "") -> str:
    """``soft_404``, ``placeholder`` or ``bot_check`` by what a page calls itself, ``""`` for no
    such page. The title of the window may have the site's name beside it."""
    titles = [*headlines, window_title, *_PARTS.split(window_title)]
    bare = [title.replace("’", "'").strip(" \t\n.!?…。！？") for title in titles]
    for kind, formula in _FORMULAS.items():
        if any(title and formula.fullmatch(title) for title in bare):
            return kind
    return ""
