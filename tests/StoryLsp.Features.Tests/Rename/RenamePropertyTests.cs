using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Features.Rename;
using StoryLsp.Testing;
using StoryLsp.Testing.Worlds;
using Container = StoryLsp.Index.Container;

namespace StoryLsp.Features.Tests.Rename;

/// <summary>What holds of every rename: it can be taken back to the byte, it leaves no old name, and it makes no fault.</summary>
public partial class RenamePropertyTests
{
    private static readonly FixtureWorkspace HollowCreek = FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", "hollow-creek"));

    private static readonly Lazy<IReadOnlyList<FoundFinding>> FindingsOfExample = new(HollowCreek.AllFindings);

    private static IEnumerable<TestCaseData> Containers() => HollowCreek.Snapshot.Containers
        .OrderBy(container => container.Path, StringComparer.Ordinal).ThenBy(container => container.Fact.Index)
        .SelectMany(container => new[] { container.Fact.NameSpan?.Start, container.Fact.IdSpan?.Start }
            .Where(start => start is not null)
            .Select((start, sort) => new TestCaseData(container.Path, container.Fact.Index, start!.Value).SetArgDisplayNames(container.Path, container.Name, sort == 0 ? "name" : "id")));

    [TestCaseSource(nameof(Containers))]
    public void Every_container_of_the_example_is_renamed_and_back(string path, int index, int offset)
    {
        Assert.That(Fault(HollowCreek, HollowCreek.Snapshot.ContainersIn(path)[index], offset), Is.Null);
    }

    [Test]
    public void Every_container_of_a_generated_story_is_renamed_and_back()
    {
        var property = Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            var story = FixtureWorkspace.OfTexts(WorldBuilder.Create(new WorldOptions(seed, 6 + (seed % 7))).Write().Texts);
            var random = new Random(seed);
            var all = story.Snapshot.Containers.OrderBy(container => container.Path, StringComparer.Ordinal).ThenBy(container => container.Fact.Index).ToList();
            for (var i = 0; i < 6; i++)
            {
                var container = all[random.Next(all.Count)];
                var places = new[] { container.Fact.NameSpan?.Start, container.Fact.IdSpan?.Start }.OfType<int>().ToList();
                if (places.Count > 0)
                {
                    var fault = Fault(story, container, places[random.Next(places.Count)]);
                    Assert.That(fault, Is.Null, $"seed {seed}, {container.Name} in {container.Path}");
                }
            }
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), property);
    }

    /// <summary>What is wrong with a rename; null when nothing is.</summary>
    internal static string? Fault(FixtureWorkspace story, Container container, int offset, bool comparesFindings = true, bool looksForOldName = true)
    {
        if (Renames.Prepare(story.Snapshot, container.Path, offset, default) is not { } target)
        {
            return "It cannot be renamed from its own name.";
        }

        var name = Other(target.Placeholder);
        var result = Renames.At(story.Snapshot, container.Path, offset, name, true, default);
        if (result.Refusal is not null)
        {
            return result.Refusal;
        }

        var there = story.Apply(result.Change);
        string PathOf(string path) => result.Move is var (from, to) && path == from ? to : path;
        if (comparesFindings && Difference(Findings(story, PathOf), Findings(there, path => path)) is { } findings)
        {
            return $"{name}: other findings: {findings}";
        }

        if (looksForOldName && Left(story, there, container, target.Placeholder) is { } left)
        {
            return $"{name}: the old name is left: {left}";
        }

        var renamed = there.Snapshot.ContainersIn(PathOf(container.Path))[container.Fact.Index];
        var place = target.Placeholder == container.Fact.Id && container.Fact.IdSpan?.Start == offset ? renamed.Fact.IdSpan!.Value.Start : renamed.Fact.NameSpan?.Start ?? renamed.Fact.IdSpan!.Value.Start;
        var back = Renames.At(there.Snapshot, renamed.Path, place, target.Placeholder, true, default);
        var render = back.Refusal ?? there.Apply(back.Change).Render();
        return render == story.Render() ? null : $"{name}: not the same bytes: {FirstDifference(story.Render(), render)}";
    }

    /// <summary>Another name of the same shape: as many words, the same titles and particles, the same endings.</summary>
    internal static string Other(string name) => Words().Replace(name, word => Kept.Contains(word.Value.TrimEnd('.')) ? word.Value : Cipher(word.Value));

    private static readonly string[] Kept = ["the", "of", "and", "in", "The", "a", "s", "de", "van", "von", "la", "Mr", "Mrs", "Miss", "Ms", "Dr", "Sir", "Lady", "Captain", "Sister", "Father", "Mother", "Aunt", "Uncle", "Inspector", "Professor", "INT", "EXT", "DAY", "NIGHT"];

    private static string Cipher(string word)
    {
        const string vowels = "aeiouaаеиоуа";
        const string consonants = "bcdfghjklmnpqrstvwxzbбвгдзклмнпрстб";
        var letters = word.ToCharArray();
        for (var i = 0; i < letters.Length - (letters.Length > 2 ? 1 : 0); i++)
        {
            var lower = char.ToLowerInvariant(letters[i]);
            var set = vowels.Contains(lower) ? vowels : consonants.Contains(lower) ? consonants : null;
            if (set is not null)
            {
                var next = set[set.IndexOf(lower) + 1];
                letters[i] = char.IsUpper(letters[i]) ? char.ToUpperInvariant(next) : next;
            }
        }

        return new string(letters);
    }

    private static List<string> Findings(FixtureWorkspace story, Func<string, string> pathOf) =>
        [.. (story == HollowCreek ? FindingsOfExample.Value : story.AllFindings()).Select(found => $"{pathOf(found.Path)} {found.Finding.Code}").Order(StringComparer.Ordinal)];

    private static string? Difference(List<string> before, List<string> after)
    {
        var gone = new List<string>(before);
        var come = after.Where(finding => !gone.Remove(finding)).ToList();
        return gone.Count + come.Count == 0 ? null : $"gone: {string.Join("; ", gone)}; come: {string.Join("; ", come)}";
    }

    // The whole name, where nothing else is called so.
    private static string? Left(FixtureWorkspace before, FixtureWorkspace after, Container container, string old)
    {
        if (!old.Contains(' ', StringComparison.Ordinal) || !before.Snapshot.Mentions.IsNamed(container) || before.Snapshot.Containers.Any(other => !other.IsSameAs(container) && (other.Name.Contains(old, StringComparison.OrdinalIgnoreCase) || other.Fact.Aliases.Any(alias => alias.Text.Contains(old, StringComparison.OrdinalIgnoreCase)))))
        {
            return null;
        }

        foreach (var file in after.Files)
        {
            if (Regex.Match(file.Text, $@"(?<!\w)({Regex.Escape(old)}|{Regex.Escape(old.ToUpperInvariant())})(?!\w)") is { Success: true } match)
            {
                return $"{file.Path}: {file.Text[Math.Max(0, match.Index - 40)..Math.Min(file.Text.Length, match.Index + 60)]}";
            }
        }

        return null;
    }

    private static string FirstDifference(string expected, string actual)
    {
        var at = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        string Around(string text) => text[Math.Max(0, at - 40)..Math.Min(text.Length, at + 50)].ReplaceLineEndings("⏎");
        return $"'{Around(expected)}' became '{Around(actual)}'";
    }

    [GeneratedRegex(@"\p{L}+\.?")]
    private static partial Regex Words();
}
