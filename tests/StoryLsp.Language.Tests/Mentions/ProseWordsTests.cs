using NUnit.Framework;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Tests.Mentions;

public class ProseWordsTests
{
    private static ProseWords Read(string text) => ProseWords.Read(text, [new TextSpan(0, text.Length)]);

    [Test]
    public void CountsCapitalsThatADictionaryDoesNotHaveEverywhereAndOthersAwayFromTheBeginning()
    {
        var words = Read("Then Karova came. Karova\u2019s house. The Mill and Will. Will it? \u201cKarova,\u201d he said. NATO 7UP Al");
        Assert.That(words.Capitals, Is.EqualTo(new[] { new CapitalWord("Karova", 3, 1), new CapitalWord("Mill", 1, 1), new CapitalWord("Will", 1, 1) }));
    }

    [Test]
    public void KnowsTheSmallWordsThatNoDictionaryHas()
    {
        var words = Read("the grimalkin of zorblax and z\u00F6rn");
        Assert.That(words.HasSmall("Zorblax"));
        Assert.That(words.HasSmall("zorn"));
        Assert.That(words.HasSmall("house"), Is.False);
        Assert.That(words.HasSmall("Karova"), Is.False);
        Assert.That(words.Small, Is.Ordered.And.Unique);
    }

    [Test]
    public void TheSameProseIsTheSame()
    {
        Assert.That(Read("Karova zorblax").IsSame(Read("Karova  zorblax!")));
        Assert.That(Read("Karova zorblax").IsSame(Read("Karova Karova zorblax")), Is.False);
        Assert.That(Read("zorblax").IsSame(Read("zorblay")), Is.False);
        Assert.That(Read("the house"), Is.SameAs(ProseWords.None));
    }
}
