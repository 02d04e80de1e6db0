"""German words that goods are named with, as parts of compounds. Our own list, by field.

HEADS stand anywhere in a compound, STEMS only in front («Schreib-tisch»). Singular forms; the
splitter knows plurals and linking letters.
"""

from __future__ import annotations

from typing import Final

_HEADS: Final = """
    abdeckung ablage absatz abzieher accessoire achse adapter adventskalender akku alarm album
    allwetter alufolie aluminium ameise ampel angelrute anhänger anker anlage anleitung anschluss
    anspitzer anstrich antenne antrieb anzeige anzug anzünder apfel apotheke aquarium arbeit arm
    armatur armband artikel arznei asche aschenbecher aster aufbewahrung aufbügler aufguss aufhänger
    aufkleber auflage auflauf aufsatz aufschnitt aufstrich auge ausgabe auslauf ausrüstung
    ausstattung ausstecher auto automat axt bad bagger bahn balance balkon ball ballon band bändchen
    bank bar barren bart bartschneider bass batist batterie bau bauch baum baumwolle baustein becher
    becken bedarf beere beet befeuchter behälter behandlung bein bekleidung belag beleuchtung
    bergbau beschlag besen besteck besteckkasten bestellung betonung bett bettlaken bettwäsche
    beutel bewegung bezug biene bier bikini bild bildschirm binde bindung birne biskuit blatt blech
    blei blende blitz block bluetooth blume blumentopf bluse blüte boden bodylotion bogen bohne
    bohrer bolzen bommel bonbon boot bord bouillon box brause brei brenner brennholz brett brief
    briefkasten briefmarke brille brot brötchen bruch brücke brühe brunnen brust buch büchse
    buchstabe buchstütze bügel bühne bündel buntstift büro büroklammer bürste bus butter butterdose
    camping cappuccino cashmere chili chip christbaum computer cord couch cracker creme dach dampf
    dämpfer dattel daumen daune daunenjacke decke deckel deich dekoration design dichtung diele
    dinkel dip docht dörrobst dose dosenöffner drache draht drehstuhl druck drucker duft dünger
    durst dusche duschgel düse ebene echo ecke edelstahl ei eiche eichel eierbecher eimer einkauf
    einlage einleger einsatz eis eisen eistee elch elektro emaille ende energie engel ente entferner
    entkalker entsafter erbse erdbeere erde erdnuss ernährung ernte esche espresso essen essig
    etagere etikett etui eule fach fächer faden fahne fahrer fahrrad fahrradschloss fahrt fahrzeug
    falle fangnetz farbe faser fass fassung feder feier feige feile feld fell fenchel fenster ferien
    fernglas fernseher ferse fest fett feuer feuerlöscher feuerzeug figur filet film filter filz
    filzstift finger fisch fläche flachs flanell flasche fleck fleisch flieder fliege fliese flocke
    floh flöte flug flügel flur fluss flüssigkeit folie fön form foto frau freizeit frosch frottee
    frucht früchte fruchtgummi frühling frühstück fuchs füller füllung funk fuß fußball futter gabel
    gamasche gang garage gardine garn garnitur garten gas gast gebäck gebiss gebläse geburtstag
    gefäß gehäuse geist geländer geld gelee gelenk gemälde gemüse generator gepäck gerät gericht
    gerste geruch gesang geschenk geschirr gesicht gestell getränk getreide gewicht gewinde gewürz
    gießkanne girlande gitarre gitter glanz glas glocke glück gold granate gras graupe griff grill
    größe grund gruß gummi gummistiefel gurke gurt gürtel gürteltasche haar haarband häcksler hafen
    hafer hahn hai haken hals halstuch halter halterung hammer hand handschuh handtuch handy hanf
    hängematte hantel harfe harz hase haselnuss haube haupt haus haushalt hausschuh haut hebel heber
    heck hecke heft heim heißluft heizung helm hemd herbst herd hering herr herz heu himbeere himmel
    hirsch hirse hirte hobel hocker hof höhe höhle holunder holz honig hörer horn hörnchen hortensie
    hose hotel huf huhn hülle hülse hülsenfrucht humus hund hupe husten hut hydrant hygiene igel
    imker ingwer inhalt insekt insekten insel instrument isolierung jacke jagd jahr jeans joghurt
    jojo junge kabel kachel käfer kaffee käfig kajak kakao kalender kalk kamera kamille kamin kamm
    kammer kanister kanne kante kappe kapsel karabiner karaffe kardamom karotte karte kartoffel
    karton karussell käse kasse kastanie kasten katze keks kelle keller kerbel kern kerze
    kerzenständer kescher kessel kette kettensäge keule kicher kiefer kies kind kinderwagen kirsche
    kissen kiste kittel kiwi klammer klang klappe klasse klavier klebe kleber klee kleid kleidung
    klemme klettverschluss klinge klingel klo knauf kneifer knete knie knoblauch knöchel knopf
    knoten koch kochtopf koffer kohle kokos kompass komponente kompost konfekt konfitüre konsole
    konzert kopf kopfhörer koralle korb koriander kork korken korkenzieher körper kosmetik kost
    kostüm krabbe kragen kran kranz kraut kräuter krawatte kreide kreis kreuz kreuzschlitz krone
    kröte krug krümel kruste küche kuchen kugel kugelschreiber kuh kühlschrank kuli kümmel kunde
    kunst kunststoff kupfer kurbel kürbis kurve kuscheltier küste kuvert lachs lack laden lager
    lakritz lamelle laminat lamm lampe lampion land landkarte lappen lasche laser laterne latte latz
    laub lauch lauf läufer lautsprecher lavendel leben leder lehne leim lein leine leinen leiste
    leiter leitung lenker lenkrad lenkstange lenkung leuchte leuchtmittel libelle licht lied liege
    likör limette linde linie linse lippe liste löffel löscher löser lotion lotus löwe luchs luft
    luftballon lüfter luftmatratze luftpumpe luke lunge lupe lutscher mädchen magazin magnet mäher
    mais maler mandel mann manschette mantel mappe märchen marder marke markierung markise marmelade
    marmor marzipan maß maschine maske masse mast material matratze matte mauer maus mechanik mehl
    meise meißel melisse melone membran messer messgerät messing metall meter metronom milch mine
    mineral minze mischer mischung mittel mixer möbel modell modul mohn möhre mokka molke monat moos
    moped mörser mosaik most motor motorrad motte mücke muffin mühle mulch mull müll münze murmel
    muschel museum muskat muskel müsli mutter mütze nacht nadel nadelkissen nagel nagellack nahrung
    napf nase natur nebel neopren nest netz netzteil note notiz notizbuch nougat nudel nudelholz
    nuss objektiv obst ocker ofen öffner ohr öhr ohrring öl olive oliven öllampe optik orange ordner
    ordnung orgel origami oster overall paar pad paddel paket palette panorama pantoffel papeterie
    papier papierkorb pappe pappel paprika parfüm park parka parkett partie partner pass passform
    paste pastell patch patrone pedal pelz pergament perle person pfanne pfeffer pfeife pfeil pferd
    pflanze pflaster pflaume pflege pflock pflug pfote pilz pinie pinsel pinzette pistazie pistole
    plakat plane planer plastik platte platz plätzchen plombe polster pommes poncho popcorn porree
    portal porzellan post poster praline preiselbeere presse prisma profil programm projektor prüfer
    puder puffer pulli pullover pullunder pult pulver pumpe pumps punkt puppe pute putz putzmittel
    puzzle pyjama pyramide quark quartz quaste quelle quirl rad radiergummi radieschen radio radler
    rahmen rakete rand rang ranzen raps rasen rasierer rassel ratsche ratte rauch raum raupe rebe
    reck recorder reflektor regal regen regenschirm regler reh reibe reif reifen reihe reiniger reis
    reise reisig reißverschluss reiter rennrad rest rettich revers riemen rind rinde ring ringbuch
    rinne rock roggen rohling rohr rohrzange rolle roller rollo rollschuh rose rosine rosmarin rost
    rotwein rubin rücken rucksack rüde ruder ruhe rührgerät rum rute rutsche saal saat safran saft
    säge sahne saite salami salat salbe salbei salsa salz samen samt sand sandale sandkasten sattel
    satz sauce sauger säule schablone schach schachtel schädel schaf schal schale schäler schall
    schalotte schalter scharnier schatten schatulle schatz schaufel schaukel schaum scheibe schein
    scheinwerfer scheit schelle schemel schere scheune schiff schild schilf schimmel schindel
    schinken schirm schlaf schlafsack schlag schläger schlange schlauch schlegel schleier schleife
    schleim schlemmer schleuder schlips schlitten schloss schlüssel schmetterling schmirgel schmuck
    schnalle schnaps schnecke schnee schneeball schneebesen schneidebrett schneider schnitt
    schnorchel schnuller schnur schokolade schoner schote schrank schranke schraube schreiber
    schreibtisch schrift schritt schubkarre schublade schuh schule schüler schulter schuppe
    schürhaken schürze schüssel schutz schutzblech schützer schwamm schwan schwarte schwebe schwein
    schwert schwinge see seepferd seesack segel seide seife seil seite sekt sektor sellerie semmel
    senf sense sensor serum serviette sesam sessel set shampoo sichel sicherheit sicht sieb sieger
    signal silber silikon simulator sirup sitz sitzbank sitzkissen skala skat skateboard ski skizze
    smoothie snack socke socken sofa sohle solar solarium sommer sonne sonnenblume sonnenbrille
    sonnenschirm sorte soße spachtel spaghetti spange spanner spargel spatel spaten speck speer
    speiche speicher speise spender sperre spiegel spiel spieluhr spielzeug spieß spinat spinne
    spirale spitze spitzer sport sprache spray spreu springseil spritze spritztülle sprudel
    sprühflasche sprung spüle spülmittel spur stab stäbchen stachel stachelbeere stadt staffelei
    stahl stall stamm stand ständer standuhr stange stapel station stativ statue staub staubsauger
    staude steck steckdose stecker steckling steg steigbügel stein stelle stempel stempelkissen
    steppe stepper stern steuer sticker stiefel stiege stiel stift stimme stirn stock stoff stopfen
    stöpsel storch störche stövchen strahl strahler strähne strampler strand strandkorb straße
    strauch strauß strecke streifen strick strickjacke stroh strom strudel strumpf stück stufe stuhl
    stulpe stunde sturm stütze sudoku sülze suppe sushi system tablett tablette tafel tag taille
    takt talg tamburin tank tanne tanz tape tapete tasche taschenlampe taschenmesser taschentuch
    tasse tastatur taste tattoo tau taube taucher technik tee teebeutel teekanne teesieb teich teig
    teigrolle teil telefon teleskop teller temperatur tennis tentakel teppich tester theke thermo
    thermometer thermoskanne thunfisch thymian ticket tiefe tier tiger tinte tisch tischdecke
    tischtennis toast toaster tochter toilette tomate ton tonne topf tor torte tortenheber träger
    trainer traktor tränke traube traum treibstoff trense treppe tresor tretroller triangel trichter
    trikot trimmer trink trockner trolley trommel trompete tropfen trüffel truhe tuch tulpe tupfer
    tür turm turnschuh tusche tüte übung uhr ukulele umhang umschlag uniform unkraut unterhose
    unterlage unterlegscheibe untersetzer unterwäsche urlaub urne vanille vase vater veilchen ventil
    verband verbinder verdeck verdünner verlängerung vernichter verpackung verschluss verstärker
    verteiler vertikutierer video vinyl violine vitamin vitrine vlies vogel vogelhaus volant
    vollkorn vorhang vorleger vorrat vorratsdose waage wacholder wachs wachtel wächter wade waffel
    wagen wagenheber wal wald walnuss walze wand wandler wange wanne wappen ware wärmer wärmflasche
    warze wäsche wäscheklammer waschmittel wasser wasserfarbe wasserwaage watte weber wecker weg
    weide weihnacht weihnachten weihrauch wein weinglas weißwein weizen welle welpe welt wende
    wender werk werkzeug wespe weste wetter wickel wickeltisch wiege wiese wiesel wimpel wimper wind
    windel windlicht winkel winter wippe wischer woche wohnmobil wolf wolke wolle wort wunde würfel
    wurm wurst wurzel yoga zahl zähler zahn zahnbürste zahnpasta zander zange zapfen zauber zaun
    zebra zeder zeh zeichen zeichnung zeiger zeit zeitung zelle zelluloid zelt zeltplane zement
    zentrale zerkleinerer zerstäuber zettel zeug ziege ziegel ziegenkäse zieher ziel zigarette
    zigarre zimmer zimt zink zirkel zitrone zitrus zollstock zone zopf zubehör zucker zug zunder
    zünder zunge zutat zweig zwerg zwiebel zwirn zylinder
"""
HEADS: Final = frozenset(_HEADS.split())

_STEMS: Final = """
    abschmink abtropf anbau anlege ansteck auffang aufhänge aufkleb auflauf außen ausgieß ausstech
    back bade bastel bau beiß bett bieg bind biwak blas blau blend bohr box brat braun breit brems
    brenn bronze brüh bügel bunt camping dampf dekor desinfektions doppel dosier dreh drei dreier
    droh druck dunkel einbau einhand einkauf einmach einschlag einsteck einweg einzel eisen elektro
    entsafter ersatz ess fahr falt fang farb federball fein fern fertig fest film fitness flach
    flick fräs frei frisch frischhalte frottier früh fugen funk gäste gebrauch gefrier gelb gelier
    genuss geschenk gewürz gieß gleit glüh gold grau grob groß grün haft häkel halb halt hand hänge
    hart haus heft heim heiß heiz hell herz hobby hoch hochzeits hör imbiss innen iso isolier jung
    kehr klapp kleb klein klemm kletter kneif knet knüpf koch kombi kopier kreativ küchen kühl kurz
    kuschel lade lang lauf lauflern lege leicht leih leit lern lese leucht lösch mal marinier marken
    massage meditations mehrfach mehrweg mehrzweck mess mikrowellen milch mini misch mitnehm mund
    musik nachfüll nagel näh nasch nass natur neu nord notfall notiz ost outdoor pack passier pendel
    pfeif pflege picknick pizza plansch plätt press profi prüf puste putz quetsch radier rank rasier
    rate rauch räucher rechen regulier reinigungs reise reit reparatur rest rett riech ring roh rosa
    röst rot rühr rund rutsch saison salz sammel saug schäl schau schaum scheuer schieb schlaf
    schlag schlank schleif schlepp schlitt schmal schmelz schmier schminke schmuck schneid schnell
    schnitz schon schraub schreib schub schulter schultüten schüttel schutz schwarz schwebe schweiß
    schwimm schwing seh senk servier sicherheits silber sing sitz solo sonder spann spar sparschäl
    speise spick spiel spiral sprech spreiz spring sprüh spül stand stapel steck steh steig stell
    stepp stick still stoß streich streif streu strick stütz such süd süß tanz tast tauch tausch
    teil test thermal thermo tief tisch toast tobe trag transport treib tret trick trink trocken
    tropf tür turn über univer universal unter unterwasser verpackungs viel vier voll vor vorrats
    wachs wander warm wärme wart wasch wechsel weich weiß wend werk wickel wild wisch wohn wurf würz
    zähl zeichen zeichn zeig zerstäub zieh ziel zier zünd zupf zusatz zwei
"""
STEMS: Final = frozenset(_STEMS.split())

_WHOLE: Final = """
    absatz achten aktion anders angebot anteil apparat arbeiten armband artikel auflauf ausland
    ballon bambus bargeld baumwolle beispiel bereich besonder bestand bestellung betrieb bildschirm
    bluetooth bonbon boutique buchstabe darstellung diamant einstellung elefant elegant entkalker
    entsafter erdbeere erdnuss fahrzeug fenster feuerzeug formular freizeit frühstück funktion
    garantie garantiert gardine gebäude gegenteil gelatine gemeinde gesundheit getreide gitarre
    granate hafermehl handlung handschuh haselnuss herstellung himbeere information ingwer
    installation johannisbeere kabinett kamille kandidat karamell karneval karriere kartoffel
    kastanie kinderlied kollektion kombination kompass komplett kontakt kopie kunststoff landkarte
    lieferant lieferung mandarine marmelade material melange minute modern moment montage muskat
    nachteil netzteil optimal orange original pantoffel parade partner passend passform pastete
    petersilie pistazie planet plastik polster preiselbeere premium prinzessin produkt produktion
    qualität rasenmischung reparatur restaurant roller rosine rosmarin sandale sardine schmetterling
    schnecke schneckenhaus seepferd sekunde spielzeug stachelbeere standard steckdose stellung
    struktur tablette talent terrasse textil thermometer thermostat tomate transport treibstoff
    universum unterschied urteil vanille variante verein verlag version vitamin vorstellung vorteil
    wachsen walnuss werkzeug wohnmobil zitrone
"""
WHOLE: Final = frozenset(_WHOLE.split())
"""Words that only look like compounds."""
