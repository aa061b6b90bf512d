using NUnit.Framework;
using StoryLsp.Continuity.Prose;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Tests.Prose;

public class ProseReadingTests
{
    [TestCase("\"Come in,\" said Ada. \"Sit.\"", "\"Come in,\"|\"Sit.\"")]
    [TestCase("“Come in,” said Ada.", "“Come in,”")]
    [TestCase("‘Come in,’ said Ada. ‘It's late.’", "‘Come in,’|‘It's late.’")]
    [TestCase("‘It’s the girls’ room,’ said Ada.", "‘It’s the girls’ room,’")]
    [TestCase("'Come in,' said Ada, 'it's late.'", "'Come in,'|'it's late.'")]
    [TestCase("The girls' room was Ada's, and 'twas cold.", "")]
    [TestCase("«Entrez», said Ada.", "«Entrez»")]
    [TestCase("„Komm“, said Ada.", "„Komm“")]
    [TestCase("— Come in, said Ada.", "— Come in, said Ada.")]
    [TestCase("\"I never close this. Not here.", "\"I never close this. Not here.")]
    [TestCase("It was 5' 6\" and no more.", "\" and no more.")]
    [TestCase("Ada said nothing.", "")]
    public void Speech_is_found_by_any_marks(string paragraph, string speech) =>
        Assert.That(string.Join('|', Speech.In(paragraph, new(0, paragraph.Length)).Select(span => paragraph.Substring(span.Start, span.Length))), Is.EqualTo(speech));

    [Test]
    public void Paragraphs_end_at_blank_lines_headings_and_list_items()
    {
        const string text = "# The Dinner\nAda came\nin. `code` She sat.\n\n> He spoke\n> on.\n\n- One\n- Two\n";
        Assert.That(
            Sample.Read(text).Paragraphs.Select(paragraph => (paragraph.IsHeading ? "# " : "") + text[paragraph.Span.Start..paragraph.Span.End].ReplaceLineEndings(" ")),
            Is.EqualTo(new[] { "# The Dinner", "Ada came in. `code` She sat.", "He spoke > on.", "One", "Two" }));
    }

    [Test]
    public void A_line_under_a_name_in_a_script_is_speech()
    {
        var reading = Sample.Read("INT. HALL - DAY\n\nAda has brown eyes.\n\nADA\n(softly)\nAda has green eyes.\n\nShe goes.\n", "one.fountain");
        Assert.That(reading.Paragraphs.Select(paragraph => paragraph.Speech.Count), Is.EqualTo(new[] { 0, 1, 0 }));
    }

    [TestCase("INT. LIBRARY - NIGHT\n\nAda reads.\n", "LIBRARY|NIGHT")]
    [TestCase("## EXT. THORNE MANOR - GARDEN - LATER\n\nAda reads.\n", "THORNE MANOR,GARDEN|LATER")]
    [TestCase("**INT./EXT. CAR - DAY**\n\nAda drives.\n", "CAR|DAY")]
    [TestCase("INT. [[Library|the library]] - NIGHT\nAda reads.\n", "Library|NIGHT")]
    [TestCase("INT. LIBRARY\n\nAda reads.\n", "LIBRARY|")]
    [TestCase("Ada went int. the library - night\n", "")]
    [TestCase("Interesting. Ada reads.\n", "")]
    [TestCase("Int. revenue was down.\n", "")]
    public void Scene_headings_in_prose_are_read(string text, string expected) => Assert.That(Headings(Sample.Read(text)), Is.EqualTo(expected));

    [Test]
    public void Scene_headings_of_scripts_are_read() =>
        Assert.That(Headings(Sample.Read("INT. LIBRARY - NIGHT #1#\n\nAda reads.\n", "one.fountain")), Is.EqualTo("LIBRARY|NIGHT"));

    [TestCase("thirty-four", 34)]
    [TestCase("thirty four", 34)]
    [TestCase("a hundred and two", 102)]
    [TestCase("two hundred", 200)]
    [TestCase("1,200", 1200)]
    [TestCase("twelve", 12)]
    [TestCase("a few", null)]
    [TestCase("99999999999", null)]
    public void Numbers_are_read_in_digits_and_words(string text, int? number) => Assert.That(SpelledNumber.Read(Sample.First(text + " of them."), 0)?.Value, Is.EqualTo(number));

    [Test]
    public void A_number_in_words_is_read_back() =>
        Assert.That(Enumerable.Range(1, 999).Where(number => SpelledNumber.Read(Sample.First(SpelledNumber.Spell(number) + " of them."), 0)?.Value != number), Is.Empty);

    private static string Headings(ProseReading reading) =>
        string.Join(';', reading.SceneHeadings.Select(heading => string.Join(',', heading.Places.Select(place => place.Text)) + "|" + heading.TimeOfDay?.Text));
}
