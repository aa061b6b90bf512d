using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Features.Matching;

namespace StoryLsp.Features.Tests.Matching;

public class MatchingTests
{
    [TestCase("ada", "Ada", "Ada Vane", Description = "the whole name before its beginning")]
    [TestCase("ada", "Ada Vane", "Lady Ada", Description = "its beginning before a word's")]
    [TestCase("ada", "Lady Ada", "Canada", Description = "a word's beginning before letters inside")]
    [TestCase("ada", "Canada", "Anna Dean Avery", Description = "letters inside before scattered ones")]
    [TestCase("av", "Ada Vane", "Arnold the Vain", Description = "initials before letters far apart")]
    [TestCase("ad", "Ada", "Adalbert of the Moor", Description = "the shorter name first")]
    public void What_fits_better_scores_more(string typed, string better, string worse)
    {
        Assert.That(NameMatch.Score(typed, better), Is.GreaterThan(NameMatch.Score(typed, worse)));
        Assert.That(NameMatch.Score(typed, worse), Is.Positive);
    }

    [TestCase("ada", "Tom", ExpectedResult = false)]
    [TestCase("vda", "Ada Vane", ExpectedResult = false)]
    [TestCase("adaa", "Ada", ExpectedResult = false)]
    [TestCase("n", "Ada Vane's", Description = "a letter inside of a word", ExpectedResult = true)]
    [TestCase("nv", "Ada Vane", Description = "scattered letters begin with a word", ExpectedResult = false)]
    public bool Letters_fit_or_do_not(string typed, string name) => NameMatch.Score(typed, name) > 0;

    [Test]
    public void The_best_are_the_first_of_all_in_order()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<int[]>(numbers =>
        {
            var best = new BestOf<int>(3);
            foreach (var number in numbers)
            {
                best.Add(number);
            }

            return best.InOrder().SequenceEqual(numbers.Order().Take(3)) && best.Count == numbers.Length && best.IsCut == numbers.Length > 3;
        }));
    }
}
