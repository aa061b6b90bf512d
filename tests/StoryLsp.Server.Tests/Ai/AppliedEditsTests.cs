using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Server.Proposals;

namespace StoryLsp.Server.Tests.Ai;

/// <summary>Which of the edits a person took, read from the text before and the text after.</summary>
public sealed class AppliedEditsTests
{
    private const string Before = "One. Two. Three.";

    [TestCase("Eins. Zwei. Three.", new[] { true, true, false })]
    [TestCase("One. Zwei. Three.", new[] { false, true, false })]
    [TestCase("One. Two. Three. Four.", new[] { false, false, true })]
    [TestCase("One. Two. Three.", new[] { false, false, false })]
    public void What_stands_there_was_taken(string after, bool[] taken) => Assert.That(AppliedEdits.Find(Before, after, Edits()), Is.EqualTo(taken));

    [TestCase("One. Two. Three. And more.")]
    [TestCase("")]
    [TestCase("Eins Zwei. Three.")]
    public void A_text_that_no_choice_leads_to_tells_nothing(string after) => Assert.That(AppliedEdits.Find(Before, after, Edits()), Is.Null);

    [Test]
    public void The_line_ends_of_the_buffer_are_no_difference() =>
        Assert.That(AppliedEdits.Find("a\r\nb\r\n", "a\r\nx\r\ny\r\nb\r\n", [new TextEdit(new TextSpan(3, 0), "x\ny\n")]), Is.EqualTo(new[] { true }));

    [Test]
    public void Edits_that_make_nothing_of_much_alike_do_not_take_forever()
    {
        // Insertions of the same letter into the same letters: each choice of as many explains the text.
        var edits = Enumerable.Range(0, 200).Select(at => new TextEdit(new TextSpan(at, 0), "a")).ToList();
        var found = AppliedEdits.Find(new string('a', 200), new string('a', 250), edits);
        Assert.That(found is null || found.Count(taken => taken) == 50, Is.True);
    }

    [Test]
    public void Any_choice_of_edits_is_found_again() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            Gen.ArrayOf(Gen.Elements("ab", "ba", "a", "", "\r\n", "Ada ran. ")).Three().ToArbitrary(),
            parts =>
            {
                var (olds, news, gaps) = parts;
                var count = Math.Min(Math.Min(olds.Length, news.Length), gaps.Length);
                var (before, after, edits) = ("", "", new List<TextEdit>());
                for (var i = 0; i < count; i++)
                {
                    edits.Add(new TextEdit(new TextSpan(before.Length, olds[i].Length), news[i]));
                    before += olds[i] + gaps[i] + "|";
                    after += (i % 2 == 0 ? news[i] : olds[i]) + gaps[i] + "|";
                }

                var found = AppliedEdits.Find(before, after, edits);
                return found is not null && Applied(before, edits.Where((_, index) => found[index])) == Applied(before, edits.Where((_, index) => index % 2 == 0));
            }));

    private static string Applied(string text, IEnumerable<TextEdit> edits)
    {
        foreach (var edit in edits.OrderByDescending(edit => edit.Span.Start))
        {
            text = text[..edit.Span.Start] + edit.NewText + text[edit.Span.End..];
        }

        return text.ReplaceLineEndings("\n");
    }

    private static List<TextEdit> Edits() =>
    [
        new(new TextSpan(0, 4), "Eins."),
        new(new TextSpan(5, 4), "Zwei."),
        new(new TextSpan(Before.Length, 0), " Four."),
    ];
}
