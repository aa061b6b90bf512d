using NUnit.Framework;
using StoryLsp.Continuity.Prose;

namespace StoryLsp.Continuity.Tests.Prose;

public class ElapsedPhraseTests
{
    [TestCase("Three days later, Ada came.", "3 Day Three days later")]
    [TestCase("It was 3 days later that Ada came.", "3 Day 3 days later")]
    [TestCase("The next morning Ada came.", "1 Day The next morning")]
    [TestCase("Next day, Ada came.", "1 Day Next day")]
    [TestCase("On the following evening, Ada came.", "1 Day On the following evening")]
    [TestCase("The day after, Ada came.", "1 Day The day after")]
    [TestCase("A week later Ada came.", "1 Week A week later")]
    [TestCase("A fortnight later Ada came.", "2 Week A fortnight later")]
    [TestCase("Two days after that, Ada came.", "2 Day Two days after that")]
    [TestCase("After a month, Ada came.", "1 Month After a month")]
    [TestCase("That same evening Ada came.", "0 Day That same evening")]
    [TestCase("Later that night Ada came.", "0 Day Later that night")]
    [TestCase("Two hours later, Ada came.", "2 Hour Two hours later")]
    [TestCase("And so, two hours later, Ada came.", "2 Hour two hours later")]
    [TestCase("Ada came back three days later.", "3 Day three days later")]
    [TestCase("By the next morning Ada was gone.", "1 Day the next morning")]
    [TestCase("They met the next morning.", "1 Day the next morning")]
    [TestCase("Twenty-one years later Ada came.", "21 Year Twenty-one years later")]
    [TestCase("Half an hour later Ada came.", "30 Minute Half an hour later")]
    [TestCase("Half a year later, Ada came.", "6 Month Half a year later")]
    [TestCase("Early the next morning, the net was found.", "1 Day Early the next morning")]
    [TestCase("The next morning Ada asked if Tom would come.", "1 Day The next morning")]
    [TestCase("Three days later Ada knew he would come.", "3 Day Three days later")]
    [TestCase("Three days later the man whom Ada would marry came.", "3 Day Three days later")]
    [TestCase("Three days later Ada could hear the bells.", "3 Day Three days later")]
    [TestCase("Three days later Ada was to the north of the town.", "3 Day Three days later")]
    [TestCase("Two days later and a hundred miles north, Ada came.", "2 Day Two days later")]
    public void The_time_that_has_passed_is_found(string text, string expected)
    {
        Assert.That(ElapsedPhrase.In(Sample.First(text)) is { } found ? $"{found.Number} {found.Unit} {text.Substring(found.Span.Start, found.Span.Length)}" : "", Is.EqualTo(expected));
    }

    [TestCase("Some days later Ada came.")]
    [TestCase("A few days later Ada came.")]
    [TestCase("A couple of days later Ada came.")]
    [TestCase("Two or three days later Ada came.")]
    [TestCase("About three days later Ada came.")]
    [TestCase("An hour and a half later Ada came.")]
    [TestCase("A day or two later Ada came.")]
    [TestCase("No later than three days later.")]
    [TestCase("He had died in May, and three days later she wept.")]
    [TestCase("Ada would leave the next morning.")]
    [TestCase("Ada planned to leave the next morning.")]
    [TestCase("Until the next morning Ada slept.")]
    [TestCase("The next day's post was late.")]
    [TestCase("\"Three days later,\" said Ada, \"he died.\"")]
    [TestCase("The next chapter was longer.")]
    [TestCase("Was it three days later?")]
    [TestCase("The funeral took place the following day, and on Monday Ada left.")]
    [TestCase("Three weeks had passed since Ada left.")]
    [TestCase("Ada stayed for three days.")]
    [TestCase("More than three days later Ada came.")]
    [TestCase("Ada came when three days later he died.")]
    [TestCase("Ten years later she would tell it otherwise.")]
    [TestCase("Ten years later, in London, the old woman would tell it otherwise.")]
    [TestCase("Ten years later, Ada and Tom would tell it otherwise.")]
    [TestCase("Three years later, when it was all over, Tom liked to say that he had known.")]
    [TestCase("The next morning would be a Sunday, and Ada dreaded it.")]
    [TestCase("The next day was to be the regatta.")]
    [TestCase("Three days later Ada was to be married.")]
    [TestCase("An hour later and she would have drowned.")]
    [TestCase("Three days later, they will tell you otherwise.")]
    public void What_leaves_it_open_is_no_statement(string text) => Assert.That(ElapsedPhrase.In(Sample.First(text)), Is.Null);
}
