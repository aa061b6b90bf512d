using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Tests.Merging;

/// <summary>What holds for each merge of YAML.</summary>
public class MergePropertyTests
{
    private const string Path = "scenes/1.yaml";

    private static void ForAll(int count, Action<StoryTrees> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => holds(new StoryTrees(new Random(seed)))));

    private static List<StoryNode> Changed(List<StoryNode> tree, IEnumerable<StoryChange> changes)
    {
        var copy = tree.ConvertAll(node => node.Copy());
        foreach (var change in changes)
        {
            change.Apply(copy);
        }

        return copy;
    }

    // Changes of one side must be apart as well, so that each of them can be looked for afterwards.
    private static List<StoryChange> Apart(IEnumerable<StoryChange> changes, IReadOnlyList<StoryChange> others)
    {
        var result = new List<StoryChange>();
        result.AddRange(changes.Where(change => others.Concat(result).All(change.IsApartFrom)));
        return result;
    }

    [Test]
    public void Nothing_that_theirs_changed_gives_ours_and_nothing_that_ours_changed_gives_theirs() => ForAll(200, trees =>
    {
        var tree = trees.Tree();
        var (origin, text) = (StoryNode.Write(tree), StoryNode.Write(Changed(tree, Apart(trees.Changes(tree, 4), []))));
        Assert.That(Merged.Clean(Path, text, origin, origin), Is.EqualTo(text));
        Assert.That(Merged.Clean(Path, origin, origin, text), Is.EqualTo(text));
        Assert.That(Merged.Clean(Path, text, origin, text), Is.EqualTo(text));
    });

    [Test]
    public void Changes_that_are_apart_are_all_there_and_nothing_else() => ForAll(600, trees =>
    {
        var tree = trees.Tree();
        var ours = Apart(trees.Changes(tree, 4), []);
        var theirs = Apart(trees.Changes(tree, 4), ours);
        var (origin, one, other) = (StoryNode.Write(tree), StoryNode.Write(Changed(tree, ours)), StoryNode.Write(Changed(tree, theirs)));
        var merged = Merged.Clean(Path, one, origin, other);
        var expected = StoryNode.Write(Changed(tree, ours.Concat(theirs)));
        Assert.That(StoryNode.Meaning(merged), Is.EqualTo(StoryNode.Meaning(expected)), $"base\n{origin}\nours\n{one}\ntheirs\n{other}\nmerged\n{merged}");
        foreach (var word in ours.Concat(theirs).SelectMany(change => change.Words))
        {
            Assert.That(merged, Does.Contain(word));
        }

        // The other way round says the same.
        Assert.That(StoryNode.Meaning(Merged.Clean(Path, other, origin, one)), Is.EqualTo(StoryNode.Meaning(merged)));
        // Every line of ours that theirs has left as it was stands to the letter.
        var lines = merged.Split('\n').ToHashSet();
        var shared = other.Split('\n').ToHashSet();
        Assert.That(one.Split('\n').Where(shared.Contains).Except(lines), Is.Empty, merged);
    });

    [Test]
    public void A_field_that_both_changed_is_one_conflict_with_both_values_in_it() => ForAll(400, trees =>
    {
        var tree = trees.Tree();
        var field = tree.Find(node => node.Value is not null && node.Key != "type");
        if (field is null)
        {
            return;
        }

        var (mine, yours) = (trees.Word(), trees.Word());
        StoryChange Set(string value) => new(field.Key, nodes => nodes.Single(node => node.Key == field.Key).Value = value, value);
        var ours = Apart(trees.Changes(tree, 3), [Set(mine)]);
        var theirs = Apart(trees.Changes(tree, 3), [.. ours, Set(mine)]);
        var result = Merged.Of(Path, StoryNode.Write(Changed(tree, ours.Append(Set(mine)))), StoryNode.Write(tree), StoryNode.Write(Changed(tree, theirs.Append(Set(yours)))));
        Assert.That(result, Is.Not.Null);
        Assert.That(result!.Conflicts, Is.EqualTo(1), result.Text);
        var (before, conflict, after) = Cut(result.Text);
        Assert.That(conflict, Does.Contain(mine).And.Contain(yours));
        Assert.That(before + after, Does.Not.Contain(mine).And.Not.Contain(yours));
        Assert.That(conflict.Split('\n').Count(line => line.Length > 0 && !line.TrimStart().StartsWith('#')), Is.EqualTo(5), "the marks and one line of each: " + result.Text);
        // A person who takes one side has a file that says all the rest.
        var solved = before + $"{field.Key}: {mine}\n" + after;
        Assert.That(StoryNode.Meaning(solved), Is.EqualTo(StoryNode.Meaning(StoryNode.Write(Changed(tree, ours.Concat(theirs).Append(Set(mine)))))), result.Text);
    });

    [Test]
    public void Of_any_text_no_word_is_lost_and_what_is_clean_can_be_read() => ForAll(1500, trees =>
    {
        var random = new Random(trees.Word().GetHashCode(StringComparison.Ordinal));
        var tree = trees.Tree();
        var origin = StoryNode.Write(tree);
        var (ours, theirs) = (Torn(random, StoryNode.Write(Changed(tree, Apart(trees.Changes(tree, 3), [])))), Torn(random, StoryNode.Write(Changed(tree, Apart(trees.Changes(tree, 3), [])))));
        if (Merged.Of(Path, ours, origin, theirs) is not { } result || ours == origin || theirs == origin || ours == theirs)
        {
            return;
        }

        Assert.That(result.Conflicts > 0 || YamlParser.Parse(SourceText.From(result.Text)).Errors.Count == 0, result.Text);
        foreach (var word in Words(ours).Concat(Words(theirs)).Where(word => !Words(origin).Contains(word)))
        {
            Assert.That(result.Text, Does.Contain(word), $"ours\n{ours}\ntheirs\n{theirs}");
        }
    });

    private static HashSet<string> Words(string text) => [.. text.Split([' ', '\n', '\r', '\t', ',', '[', ']', '{', '}', '"', '\'', ':', '#', '-', '|', '>', '&', '*', '!'], StringSplitOptions.RemoveEmptyEntries)];

    private static string Torn(Random random, string text)
    {
        string[] pieces = ["\n", "  ", "- ", "a: ", "# c\n", "[", "]", "{b: ", "\"", "|\n", ">-\n", "---\n", "&x ", "*x", "? ", "\r\n", "\t", "new1", "new2\n"];
        for (var i = random.Next(4); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            text = text.Remove(at, random.Next(3) == 0 ? Math.Min(random.Next(12), text.Length - at) : 0).Insert(at, pieces[random.Next(pieces.Length)]);
        }

        return text;
    }

    private static (string Before, string Conflict, string After) Cut(string text)
    {
        var start = text.IndexOf("<<<<<<< ours\n", StringComparison.Ordinal);
        var end = text.IndexOf(">>>>>>> theirs\n", StringComparison.Ordinal) + ">>>>>>> theirs\n".Length;
        return (text[..start], text[start..end], text[end..]);
    }
}
