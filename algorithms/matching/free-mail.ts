/** Mail providers open to anybody; `name.*` stands for every country's ending of that name. Gathered from the providers' own domain lists. */
export const FREE_MAIL = new Set(
  `gmail.com googlemail.com google.mail outlook.* hotmail.* live.* msn.com windowslive.com passport.com yahoo.* ymail.com rocketmail.com myyahoo.com
aol.* aim.com icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com tutamail.com keemail.me
gmx.* gmx.net web.de freenet.de t-online.de arcor.de online.de mail.de email.de posteo.de posteo.net mailbox.org kabelmail.de vodafonemail.de
mail.com email.com usa.com post.com consultant.com engineer.com europe.com asia.com dr.com writeme.com techie.com myself.com cheerful.com
orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr club-internet.fr voila.fr aliceadsl.fr cegetel.net
libero.it virgilio.it alice.it tin.it tiscali.* email.it inwind.it iol.it fastwebnet.it poste.it
btinternet.com btopenworld.com virginmedia.com virgin.net ntlworld.com blueyonder.co.uk sky.com talktalk.net o2.co.uk plus.net
comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com netzero.net optonline.net frontier.com
windstream.net rr.com roadrunner.com centurylink.net q.com embarqmail.com pacbell.net prodigy.net ameritech.net
rogers.com shaw.ca sympatico.ca bell.net telus.net videotron.ca cogeco.ca
bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au xtra.co.nz slingshot.co.nz
telenet.be skynet.be scarlet.be proximus.be ziggo.nl kpnmail.nl planet.nl hetnet.nl xs4all.nl home.nl chello.* upcmail.nl casema.nl
bluewin.ch sunrise.ch hispeed.ch aon.at a1.net inode.at utanet.at
telia.com comhem.se bredband.net spray.se telenor.no online.no start.no getmail.no mail.dk tdcadsl.dk sol.dk jubii.dk luukku.com kolumbus.fi elisanet.fi
seznam.cz email.cz centrum.cz centrum.sk atlas.cz volny.cz post.cz azet.sk zoznam.sk
wp.pl o2.pl onet.pl onet.eu op.pl interia.pl interia.eu poczta.fm poczta.onet.pl gazeta.pl vp.pl tlen.pl
freemail.hu citromail.hu t-online.hu abv.bg mail.bg dir.bg inbox.lv apollo.lv mail.ee hot.ee one.lt
mail.ru bk.ru list.ru inbox.ru internet.ru yandex.* ya.ru rambler.ru lenta.ru ro.ru ukr.net i.ua meta.ua bigmir.net tut.by
mynet.com turk.net superonline.com walla.com walla.co.il bezeqint.net netvision.net.il 012.net.il
qq.com foxmail.com vip.qq.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn wo.cn 21cn.com tom.com
naver.com hanmail.net daum.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp ocn.ne.jp so-net.ne.jp
rediffmail.com rediff.com indiatimes.com sify.com vsnl.com vsnl.net bsnl.in singnet.com.sg pacific.net.sg starhub.net.sg streamyx.com
uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com r7.com zipmail.com.br oi.com.br
terra.es telefonica.net movistar.es ono.com jazztel.es prodigy.net.mx telcel.com fibertel.com.ar arnet.com.ar speedy.com.ar ciudad.com.ar
sapo.pt netcabo.pt clix.pt iol.pt mail.telepac.pt otenet.gr forthnet.gr in.gr eircom.net indigo.ie mweb.co.za telkomsa.net webmail.co.za vodamail.co.za
fastmail.com fastmail.fm fastmail.* hushmail.com hey.com zoho.com zohomail.com zohomail.eu inbox.com lycos.* excite.* mailfence.com runbox.com
disroot.org riseup.net startmail.com ctemplar.com duck.com privaterelay.appleid.com mozmail.com simplelogin.com anonaddy.me
mailinator.com guerrillamail.com guerrillamail.org 10minutemail.com temp-mail.org yopmail.com yopmail.fr trashmail.com throwawaymail.com maildrop.cc
sharklasers.com getnada.com dispostable.com fakeinbox.com tempmail.com mailnesia.com mintemail.com spamgourmet.com`
    .split(/\s+/)
    .filter((domain) => domain !== ''),
)
