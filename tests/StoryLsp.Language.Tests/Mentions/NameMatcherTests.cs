using NUnit.Framework;
using StoryLsp.Language.Mentions;
using static StoryLsp.Language.Tests.Mentions.MarkedProse;

namespace StoryLsp.Language.Tests.Mentions;

public class NameMatcherTests
{
    [TestCase("{Ada Vane} came in. {Ada} sat down, and {Vane} said nothing.")]
    [TestCase("It was {Ada}'s chair, and the {Vanes}\u2019 house, and {Vane}\u2019s hat.")]
    [TestCase("{Mr. Lestrange} met {Mrs Vane} and {Miss Vane}; {Captain Ada Vane} was there, so was {Dr. Vane}.")]
    [TestCase("{ADA VANE} STOOD BY {LESTRANGE}, {ADA}.")]
    [TestCase("They saw {Ada\nVane} there, and {Ada\r\nVane} again.")]
    [TestCase("{Ada}\n\nVaneless nights. {Vanes} turned, Adams left, adamant.")]
    [TestCase("*{Ada}* and **{Ada Vane}** and _{Ada* Vane}_.")]
    [TestCase("Ada Lovelace wrote to Lucy Vane of Vane Street in Port Ada.")]
    [TestCase("{Ada}-like, ex-{Vane}, but Ada-Marie and Marie-Vane.")]
    [TestCase("Nobody wrote to ada@vane.com, www.vane.com or http://x.org/Vane.")]
    [TestCase("ada vane and a vane on the roof.")]
    [TestCase("{A. Vane} signed it. A Vane of gold.")]
    [TestCase("Mr. Vane was another man.")]
    [TestCase("\u201c{Ada},\u201d said he, \u201c{Ada} I think\u2014{Ada}\u2014{Lestrange}!\u201d")]
    [TestCase("(\u2018{Ada}\u2019) [{Ada}] {Ada}; {Vane}")]
    [TestCase("Old {Vane} and poor {Ada}. But {Vane} left. When {Ada} came, Young {Vane} went.")]
    public void FindsPeople(string marked) => Assert.That(Marked(People("Ada Vane", "Lestrange"), marked), Is.EqualTo(marked));

    [TestCase("\"Bill\"", "Bill")]
    [TestCase("(the elder)", null)]
    [TestCase("“Bill” ‘Joe’", "Bill Joe")]
    public void ANameOfNicknamesAloneHasNoParts(string name, string? nicknames)
    {
        var person = PersonName.Of(name);
        Assert.That(person.Parts, Is.Empty);
        Assert.That(string.Join(' ', person.Forms.Select(form => form.Text)), Is.EqualTo(nicknames ?? ""));
    }

    [TestCase("{Will} Hale")]
    [TestCase("Will you come? I will. Will Hale! They made a will.", "Will you come? I will. {Will Hale}! They made a will.")]
    [TestCase("Then {Will} went. \u201cWill you?\u201d {Will} asked. {Will} said no. It was {Will}\u2019s.")]
    [TestCase("In May they met. {May} said so, and she saw {May} on the fifth of May, in May 1920 and late May. May I? Then {May} left.")]
    [TestCase("# Will and Testament", "# Will and Testament")]
    [TestCase("WILL YOU COME", "WILL YOU COME")]
    [TestCase("Hope is all. They had {Hope} with them. Jefferson Hope was another.", "Hope is all. They had {Hope} with them. Jefferson Hope was another.")]
    public void CommonWordsNeedEvidence(string marked, string? expected = null)
    {
        marked = expected ?? marked.Replace("{Will} Hale", "{Will Hale}");
        Assert.That(Marked(People("Will Hale", "May Brook", "Hope Winter"), marked), Is.EqualTo(marked));
    }

    [Test]
    public void SharedPartsAreNoNames()
    {
        var matcher = People("Ada Vane", "Tom Vane", "Tom Hale");
        const string marked = "{Ada} saw Tom. {Tom Hale} and {Tom Vane} came. Vane spoke. {Mrs. Vane} and {Mr. Vane} left, and Dr. Vane with them; {Hale} stayed.";
        Assert.That(Marked(matcher, marked), Is.EqualTo(marked));
        Assert.That(Scan(matcher, "Mrs. Vane")[0].Owners, Is.EqualTo(new[] { 0 }));
        Assert.That(Scan(matcher, "Mr. Vane")[0].Owners, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void AliasOfTwoHasBothAsOwners()
    {
        var matcher = People("Ada Vane|Captain", "Tom Hale|Captain");
        var found = Scan(matcher, "They asked the Captain.");
        Assert.That(found, Has.Count.EqualTo(1));
        Assert.That(found[0].Owners, Is.EqualTo(new[] { 0, 1 }));
        Assert.That(found[0].Form, Is.EqualTo(MentionForm.Alias));
    }

    [Test]
    public void LongestWins()
    {
        var matcher = People("Ada", "Ada Vane", "Ada Vane Hale");
        Assert.That(Scan(matcher, "Ada Vane Hale, Ada Vane, Ada").Select(mention => mention.Owners[0]), Is.EqualTo(new[] { 2, 1, 0 }));
    }

    [TestCase("Zo\u00EB|Zoe saw {Zoe}, {Zo\u00EB} and {Zoe\u0308}.")]
    [TestCase("Zoe|{Zoe}, {Zo\u00EB} and {Zoe\u0308}.")]
    [TestCase("Stra\u00DFer|{Strasser} and {Stra\u00DFer} and {STRASSER}.")]
    [TestCase("O\u2019Brien|{O'Brien} and {O\u2019Brien}\u2019s, not Brien.")]
    [TestCase("Jean-Luc Picard|{Jean-Luc} and {Jean-\nLuc Picard}; {Picard}, not Jean or Luc.")]
    [TestCase("\u0420\u0430\u0441\u043A\u043E\u043B\u044C\u043D\u0438\u043A\u043E\u0432|{\u0420\u0430\u0441\u043A\u043E\u043B\u044C\u043D\u0438\u043A\u043E\u0432}, {\u0420\u0430\u0441\u043A\u043E\u043B\u044C\u043D\u0438\u043A\u043E\u0432\u0430}, {\u0420\u0430\u0441\u043A\u043E\u043B\u044C\u043D\u0438\u043A\u043E\u0432\u0443}, {\u0420\u0430\u0441\u043A\u043E\u043B\u044C\u043D\u0438\u043A\u043E\u0432\u044B\u043C}.")]
    [TestCase("\u0410\u043D\u043D\u0430|{\u0410\u043D\u043D\u0443} \u0438 {\u0410\u043D\u043D\u043E\u0439}, \u0430 \u043D\u0435 \u0410\u043D\u043D\u0430\u043B\u044B.")]
    [TestCase("\u0410\u043D\u0434\u0440\u0435\u0439|{\u0410\u043D\u0434\u0440\u0435\u044F} \u0438 {\u0410\u043D\u0434\u0440\u0435\u044E}.")]
    [TestCase("\u0393\u03B9\u03CE\u03C1\u03B3\u03BF\u03C2|\u03C4\u03BF\u03BD {\u0393\u03B9\u03CE\u03C1\u03B3\u03BF} \u03C4\u03BF\u03C5 {\u0393\u03B9\u03CE\u03C1\u03B3\u03BF\u03C5}, \u03BF {\u0393\u03B9\u03CE\u03C1\u03B3\u03BF\u03C2}.")]
    [TestCase("\u590F\u6D1B\u514B\u00B7\u798F\u5C14\u6469\u65AF|\u6211\u770B\u89C1{\u590F\u6D1B\u514B}\u8D70\u4E86\uFF0C{\u590F\u6D1B\u514B\u00B7\u798F\u5C14\u6469\u65AF}\u8BF4\uFF1A{\u798F\u5C14\u6469\u65AF}\u3002")]
    [TestCase("\u91D1\u7530\u4E00|{\u91D1\u7530\u4E00}\u306F\u8A00\u3063\u305F\u3002{\u91D1\u7530\n\u4E00}")]
    [TestCase("\uAE40\uBBFC\uC218|{\uAE40\uBBFC\uC218}\uAC00 \uB9D0\uD588\uB2E4.")]
    [TestCase("NATO|{NATO} and Nato and nato.")]
    [TestCase("William \"Bill\" Vane|{Bill} and {William} and {William Vane}.")]
    [TestCase("Vane, Ada|{Ada Vane} and {Ada}.")]
    [TestCase("Rodion Romanovich Karov|{Rodion Romanovich}, {Rodion Karov}, {Karov}, {Rodion}, not Romanovich.")]
    [TestCase("Joan of Arc|{Joan} and {Joan of Arc}, the arc.")]
    [TestCase("The Mad Hatter|{the Mad Hatter}, the {Hatter}, a hatter.", "{The Mad Hatter}")]
    [TestCase("Ludwig van Hoven|{van Hoven} and {Hoven} and {Ludwig}.")]
    public void FindsNamesOfManyKinds(string test, string? other = null)
    {
        var bar = test.IndexOf('|', StringComparison.Ordinal);
        var marked = test[(bar + 1)..];
        marked = marked.StartsWith("Zoe saw", StringComparison.Ordinal) ? "{Zoe} saw" + marked[7..] : marked;
        Assert.That(Marked(People(test[..bar]), marked), Is.EqualTo(marked));
        Assert.That(other is null ? other : Marked(People(test[..bar]), other), Is.EqualTo(other));
    }

    [TestCase("revolver|The {revolver} lay there. {Revolver}s? Two {revolvers}. REVOLVERS", "The {revolver} lay there. {Revolvers}? Two {revolvers}. {REVOLVERS}")]
    [TestCase("Brass Key|the {brass key}, the {Brass Key}, a brass\n\nkey, {Brass key}")]
    [TestCase("Excalibur|{Excalibur} and excalibur")]
    public void FindsThings(string test, string? expected = null)
    {
        var bar = test.IndexOf('|', StringComparison.Ordinal);
        var marked = expected ?? test[(bar + 1)..];
        Assert.That(Marked(Things(NameKind.Item, test[..bar]), marked), Is.EqualTo(marked));
    }

    [TestCase("St. Mary Mead|in {St. Mary Mead} and {St Mary Mead}")]
    [TestCase("The Old Mill|{the Old Mill} and our {Old Mill}, the old mill. {The Old Mill}")]
    [TestCase("London|in {London}, of {London}\u2019s, London Bridge")]
    public void FindsPlaces(string test)
    {
        var bar = test.IndexOf('|', StringComparison.Ordinal);
        Assert.That(Marked(Things(NameKind.Place, test[..bar]), test[(bar + 1)..]), Is.EqualTo(test[(bar + 1)..]));
    }

    [Test]
    public void WordsThatAreIgnoredAreNoNames()
    {
        var patterns = new[]
        {
            new NamePattern(0, NameKind.Person, "Ada Vane") { Ignored = ["Vane"] },
            new NamePattern(1, NameKind.Place, "Providence"),
        };
        const string marked = "{Ada} and Vane went to Providence.";
        Assert.That(Marked(NameMatcher.Compile(patterns, ["providence"]), marked), Is.EqualTo(marked));
    }

    [Test]
    public void CaseSensitiveNamesCountOnlyAsWritten()
    {
        var matcher = NameMatcher.Compile([new NamePattern(0, NameKind.Other, "eBook") { CaseSensitive = true }], []);
        const string marked = "{eBook}, ebook, EBOOK, eBooks";
        Assert.That(Marked(matcher, marked), Is.EqualTo(marked));
    }

    [Test]
    public void TheNameSpanLeavesTheTitleOut()
    {
        var mention = Scan(People("Ada Vane"), "So Mrs. Vane's hat.")[0];
        Assert.That((mention.Span.Start, mention.Span.End, mention.NameSpan.Start, mention.Form), Is.EqualTo((3, 12, 8, MentionForm.Honorific)));
    }

    [Test]
    public void InGermanACapitalTellsNothing()
    {
        var matcher = NameMatcher.Compile(Patterns(NameKind.Person, "Ada Vane"), [], "de");
        const string marked = "weil {Ada} Angst hatte";
        Assert.That(Marked(matcher, marked), Is.EqualTo(marked));
    }
}
