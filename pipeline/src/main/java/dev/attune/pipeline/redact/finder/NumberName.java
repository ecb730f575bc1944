package dev.attune.pipeline.redact.finder;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The kind of number that the word before a number names. The words are from ten European
 * languages, with a few of Russian, Chinese, Japanese and Korean. Words that may also precede
 * personal data, such as "customer", are not included.
 */
public enum NumberName {
  /** An unknown word, or none. */
  NONE,

  /** A version of a program, or a part of a document. */
  VERSION,

  /** An order, an article or a device. */
  GOODS,

  /** An account at a bank or a utility. */
  ACCOUNT,

  /** Rooms, pages or scores, which have one or two digits. */
  SMALL,

  /** A word after which the word before counts: "order no. 17", "version number is 17". */
  FILLER;

  private static final int LONGEST_WORD = 24;

  /** The maximum of signs and blanks between the word and the number. */
  private static final int MOST_BETWEEN = 6;

  /** A full stop after a longer word ends a sentence. */
  private static final int LONGEST_ABBREVIATION = 4;

  private static final int MOST_FILLERS = 2;

  private static final Map<String, NumberName> NAMES = new HashMap<>();

  static {
    add(
        FILLER,
        "no nr num number numbers nummer nummern numero numéro número numer n id is ist code"
            + " номер");
    add(
        VERSION,
        "v vers version versions ver release releases build builds firmware update updates",
        "upgrade patch hotfix revision rev section sections sec chapter chapters chap figure",
        "figures fig figs clause clauses article table tables paragraph paragraphs para appendix",
        "equation eq",
        "versionen versionsnummer ausgabe aktualisierung abschnitt abschnitte kapitel kap",
        "abbildung abbildungen abb bild tabelle ziffer absatz abs anhang gleichung",
        "chapitre chapitres tableau paragraphe annexe équation révision",
        "versión versiones actualización compilación sección secciones capítulo cap figura",
        "figuras tabla apartado párrafo anexo",
        "versione versioni aggiornamento sezione sezioni capitolo tabella paragrafo allegato",
        "versão versões atualização seção secção tabela",
        "versie versies hoofdstuk sectie paragraaf figuur tabel",
        "wersja wersji rozdział rysunek rys",
        "versjon kapittel avsnitt afsnit figur tabell sürüm bölüm şekil",
        "версия версии релиз сборка обновление раздел глава рисунок рис таблица");
    // Programs whose versions have four parts.
    add(VERSION, "oracle chrome chromium firefox thunderbird acrobat weblogic websphere db2");
    add(
        GOODS,
        "order orders invoice ticket barcode ean gtin isbn issn upc imei tracking serial part sku",
        "ref reference case contract policy shipment parcel delivery receipt transaction batch lot",
        "bestellung bestellnummer auftrag auftragsnummer rechnung rechnungsnummer beleg",
        "belegnummer strichcode sendung sendungsnummer paket paketnummer artikel artikelnummer",
        "vertrag vertragsnummer seriennummer teilenummer vorgang vorgangsnummer aktenzeichen az",
        "matrikelnummer steuernummer",
        "commande facture colis contrat dossier série référence réf suivi",
        "pedido factura contrato serie referencia envío seguimiento",
        "ordine fattura contratto riferimento spedizione fatura",
        "bestelling factuur zamówienie faktura заказ счёт");
    add(
        ACCOUNT,
        "account accounts acct meter konto kontonummer kundennummer mitgliedsnummer zähler",
        "zählernummer compte compteur cuenta contador conto contatore conta rekening meternummer");
    add(
        SMALL,
        "room rooms page pages pp line lines question questions lottery score scores row rows",
        "column columns seat seats raum räume zimmer seite seiten zeile zeilen frage fragen lotto",
        "lottozahlen platz plätze reihe salle salles chambre ligne lignes sala salas habitación",
        "página páginas línea líneas stanza stanze pagina pagine riga righe kamer kamers");
  }

  /** Words of languages without blanks between words. */
  private static final List<String> VERSION_ENDINGS =
      List.of("版本", "版", "图", "圖", "図", "章", "节", "節", "バージョン", "버전", "그림");

  private static final List<String> GOODS_ENDINGS =
      List.of("订单", "订单号", "单号", "编号", "注文番号", "追跡番号", "주문번호");

  private static void add(NumberName name, String... lists) {
    for (String word : String.join(" ", lists).split(" ", -1)) {
      NAMES.put(word, name);
    }
  }

  /** Returns whether digits after it are no card number, whatever their check digit is. */
  public boolean isOfGoods() {
    return this == GOODS;
  }

  /** Returns what the words in front say about the number that begins at an index. */
  public static NumberName inFrontOf(String text, int number) {
    int end = number;
    NumberName name = FILLER;
    for (int word = 0; word <= MOST_FILLERS && name == FILLER; word++) {
      int last = endOfWord(text, end);
      if (Text.at(text, last - 1) == '§') {
        return VERSION;
      }
      int first = last;
      while (last - first < LONGEST_WORD && isLetterOfWord(text, first - 1)) {
        first--;
      }
      boolean sentence =
          Text.at(text, last) == '.' && last + 1 < end && last - first > LONGEST_ABBREVIATION;
      name = first == last || sentence ? NONE : of(text.substring(first, last));
      end = first;
    }
    return name == FILLER ? NONE : name;
  }

  private static boolean isLetterOfWord(String text, int i) {
    return Text.isWordAt(text, i) && text.charAt(i) != '_';
  }

  /** Returns the end of the last word before an index; a few signs may be between them. */
  private static int endOfWord(String text, int place) {
    int end = place;
    while (place - end < MOST_BETWEEN && isBetween(text, end - 1, place)) {
      end--;
    }
    return end;
  }

  private static boolean isBetween(String text, int i, int place) {
    return switch (Text.at(text, i)) {
      case ' ', ':', '=', '#', '(', '[', '"', '\'', '.', '/', '°', 'º', '№', '«', '„', '“', '_' ->
          true;
      // Part of a compound; with blanks around it, it divides.
      case '-' -> i + 1 == place;
      default -> false;
    };
  }

  private static NumberName of(String word) {
    NumberName name = NAMES.get(word.toLowerCase(Locale.ROOT));
    if (name != null) {
      return name;
    }
    if (Character.getType(word.charAt(word.length() - 1)) != Character.OTHER_LETTER) {
      return NONE;
    }
    return endsInOne(word, VERSION_ENDINGS)
        ? VERSION
        : endsInOne(word, GOODS_ENDINGS) ? GOODS : NONE;
  }

  private static boolean endsInOne(String word, List<String> endings) {
    return endings.stream().anyMatch(word::endsWith);
  }
}
