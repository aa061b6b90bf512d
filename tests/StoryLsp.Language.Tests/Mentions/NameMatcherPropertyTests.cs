using System.Text;
using NUnit.Framework;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;
using static StoryLsp.Language.Tests.Mentions.MarkedProse;

namespace StoryLsp.Language.Tests.Mentions;

public class NameMatcherPropertyTests
{
    private static readonly string[] Pieces =
    [
        "Ada", "Vane", "Mr", "Mrs", ".", " ", " ", " ", "\n", "\r\n", "'", "\u2019", "s", "-", "\u2014", "Will", "will", "Zo\u00EB", "e\u0308", "\u590F", "\u6D1B", "\u514B",
        "*", "_", "\uD83D\uDE00", "\uD842\uDFB7", "\uD842", "\uDFB7", "\u0301", "#", ",", "said", "ADA", "O", "the", "1926", "\u0410\u043D\u043D\u0430", "\u200D", "\u00DF",
    ];

    private static readonly NameMatcher Matcher = People("Ada Vane|O\u2019Ada", "Will Vane|Zo\u00EB", "\u590F\u6D1B\u514B", "\u0410\u043D\u043D\u0430", "\uD842\uDFB7\u590F", "Ada Vane Will");

    [Test]
    public void AnyTextGivesMentionsInOrderThatDoNotOverlapAndAreWords()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var text = RandomText(new Random(seed), 40);
            var end = 0;
            foreach (var mention in Scan(Matcher, text))
            {
                Assert.That(mention.Span.Start, Is.GreaterThanOrEqualTo(end), text);
                Assert.That(mention.Span.Contains(mention.NameSpan) && mention.NameSpan.Length > 0, text);
                Assert.That(mention.Owners, Is.Not.Empty.And.Unique, text);
                Assert.That(CutsLetter(text, mention.Span.Start) || CutsLetter(text, mention.Span.End), Is.False, text);
                end = mention.Span.End;
            }

            Assert.That(end, Is.LessThanOrEqualTo(text.Length));
        }
    }

    [Test]
    public void AStretchThatBeginsAndEndsInSpaceGivesWhatTheWholeTextGives()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var (before, middle, after) = (RandomText(random, 10), RandomText(random, 20), RandomText(random, 10));
            var text = before + "\n\n" + middle + "\n\n" + after;
            var span = new TextSpan(before.Length + 2, middle.Length);
            var part = new List<Mention>();
            Matcher.Scan(text, span, part);
            Assert.That(part, Is.EqualTo(Scan(Matcher, text).Where(mention => span.Contains(mention.Span))), text);
        }
    }

    private static string RandomText(Random random, int pieces)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pieces; i++)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }

    private static bool CutsLetter(string text, int at) =>
        at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]);
}
