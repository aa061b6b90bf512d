using StoryLsp.Pipelines.Steps;

namespace StoryLsp.Pipelines.Tests.Runs;

/// <summary>Hard-wrapped prose that a model writes on long lines.</summary>
[TestFixture]
internal sealed class LineBreaksTests
{
    private const string Old = "\"Look at him,\" said Tom, pointing with his fork,\n\"and look at him eat.\" Dr. Vane said nothing at all about it.\nThe rain went on.\n\nThe clock struck\nten. Nobody came.";

    [TestCase("ten", "eleven", "The clock struck eleven.")]
    [TestCase("Nobody", "Somebody", "Somebody came.")]
    public void OnlyWhatSaysSomethingElseIsAnother(string word, string other, string sentence)
    {
        var answer = Old.Replace("fork,\n", "fork, ", StringComparison.Ordinal).Replace("it.\nThe", "it. The", StringComparison.Ordinal).Replace("struck\n", "struck ", StringComparison.Ordinal);
        Assert.That(LineBreaks.Kept(Old, answer), Is.EqualTo(Old));
        var changed = LineBreaks.Kept(Old, answer.Replace(word, other, StringComparison.Ordinal));
        Assert.That(changed, Does.StartWith("\"Look at him,\" said Tom, pointing with his fork,\n\"and look at him eat.\" Dr. Vane said nothing at all about it.\nThe rain went on.\n\n").And.Contains(sentence));
    }

    [TestCase("The rain went on. Nobody came.\n\nAda slept.")]
    [TestCase("Nobody came. The rain went on.\n\nThe rain went on.\n")]
    [TestCase("Nobody at all. ")]
    [TestCase("")]
    public void WhereNoLineBreakStandsInASentenceTheAnswerStaysAsItIs(string answer)
    {
        Assert.That(LineBreaks.Kept(Old, answer), Is.EqualTo(answer));
        Assert.That(LineBreaks.Kept("", answer), Is.EqualTo(answer));
    }
}
