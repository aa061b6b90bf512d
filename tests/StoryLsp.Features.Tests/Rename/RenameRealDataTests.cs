using NUnit.Framework;
using StoryLsp.Features.Rename;
using StoryLsp.Index;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Rename;

/// <summary>Renames in workspaces by others, and in novels that have a cast.</summary>
public class RenameRealDataTests
{
    private static readonly (string Name, string[] Aliases)[] Styles =
    [
        ("Hercule Poirot", []), ("Arthur Hastings", []), ("John Cavendish", []), ("Mary Cavendish", []), ("Lawrence Cavendish", []), ("Emily Inglethorp", []), ("Alfred Inglethorp", []),
        ("Evelyn Howard", ["Evie"]), ("Cynthia Murdoch", []), ("Dr. Bauerstein", []), ("Dorcas", []), ("Inspector Japp", ["James Japp"]),
    ];

    private static readonly (string Name, string[] Aliases)[] Alice =
        [("Alice", []), ("the White Rabbit", ["the Rabbit"]), ("the Duchess", []), ("the March Hare", []), ("the Mock Turtle", []), ("the Cheshire Cat", []), ("Bill", []), ("the Queen of Hearts", ["the Queen"])];

    [TestCase("The Mysterious Affair at Styles.md")]
    [TestCase("Alice's Adventures in Wonderland.md")]
    public void Everybody_in_a_novel_is_renamed_and_back(string novel)
    {
        var cast = novel.StartsWith('A') ? Alice : Styles;
        var files = cast.Select((person, i) => KeyValuePair.Create(
            $"characters/{i:00}.yaml", $"name: {person.Name}\naliases: [{string.Join(", ", person.Aliases)}]\n"));
        var text = File.ReadAllText(Path.Combine(TestData.Find("novels"), novel));
        var story = FixtureWorkspace.OfTexts(files.Append(KeyValuePair.Create("story.yaml", "story: 1\n")).Append(KeyValuePair.Create(novel, text)));
        foreach (var person in story.Snapshot.ContainersOf("character").OrderBy(person => person.Path, StringComparer.Ordinal))
        {
            var name = RenamePropertyTests.Other(person.Name);
            var offset = person.Fact.NameSpan!.Value.Start;
            var result = Renames.At(story.Snapshot, person.Path, offset, name, true, default);
            Assert.That(result.Refusal, Is.Null, person.Name);
            var there = story.Apply(result.Change);
            var left = story.Snapshot.Mentions.Of(person).Where(site => site.Mention.Form == Language.Mentions.MentionForm.Name)
                .Where(site => !result.Edits.Any(edit => edit.Path == site.Path && edit.Edit.Span == site.Mention.NameSpan)).ToList();
            Assert.That(left, Is.Empty, person.Name);
            var back = Renames.At(there.Snapshot, person.Path, offset, person.Name, true, default);
            Assert.That(there.Apply(back.Change).Text(novel)!.Text, Is.EqualTo(text), $"{person.Name}, {name}");
            TestContext.Out.WriteLine($"{person.Name}, {name}: {string.Join(", ", result.Edits.CountBy(edit => edit.Part))}");
            foreach (var doubt in result.Edits.Where(edit => edit.Part is RenamePart.Doubtful or RenamePart.Title).Take(12))
            {
                var around = story.Text(doubt.Path)!.Text;
                TestContext.Out.WriteLine($"    {doubt.Part}: …{around[Math.Max(0, doubt.Edit.Span.Start - 30)..Math.Min(around.Length, doubt.Edit.Span.End + 20)].ReplaceLineEndings("⏎")}… → {doubt.Edit.NewText}");
            }
        }
    }

    // BookVis has a timeline of plain data, which is no container's; a rename leaves such data alone.
    [TestCase("bookvis", 40)]
    [TestCase("dnd-srd", 25)]
    public void Containers_of_others_are_renamed_and_back(string name, int count)
    {
        var story = FixtureWorkspace.OfFolder(TestData.Find(name));
        var random = new Random(7);
        var all = story.Snapshot.Containers.Where(container => container.Fact.NameSpan is not null && story.Snapshot.Text(container.Path)!.Length > 0)
            .OrderBy(container => container.Path, StringComparer.Ordinal).ThenBy(container => container.Fact.Index).ToArray();
        random.Shuffle(all);
        foreach (var container in all.Take(count))
        {
            Assert.That(RenamePropertyTests.Fault(story, container, container.Fact.NameSpan!.Value.Start, comparesFindings: name != "dnd-srd", looksForOldName: name != "bookvis"), Is.Null, $"{container.Name} in {container.Path}");
        }
    }

    [Test]
    public void Notes_and_folders_of_others_are_moved_and_back()
    {
        var story = FixtureWorkspace.OfFolder(TestData.Find("dnd-srd"));
        var paths = story.Files.Select(file => file.Path).Where(path => path.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        new Random(7).Shuffle(paths);
        var moves = paths.Take(12).Select(path => (From: path, To: "Moved here/" + Path.GetFileName(path))).Append((From: "Spells", To: "Magic/All spells")).ToList();
        foreach (var move in moves)
        {
            var there = Moved(story, move);
            Assert.That(Codes(there), Is.EqualTo(Codes(story)), move.From);
            Assert.That(Moved(there, (move.To, move.From)).Render(), Is.EqualTo(story.Render()), move.From);
        }
    }

    private static Dictionary<string, int> Codes(FixtureWorkspace story) =>
        story.AllFindings().Where(found => found.Finding.Code.StartsWith("ref/", StringComparison.Ordinal)).CountBy(found => found.Finding.Code).ToDictionary();

    private static FixtureWorkspace Moved(FixtureWorkspace story, (string From, string To) move)
    {
        var change = FileMoves.Moved(story.Snapshot, [move], default);
        var files = story.Files.Select(file => file.Path).Where(path => path == move.From || path.StartsWith(move.From + "/", StringComparison.Ordinal)).Select(path => new FileMove(path, move.To + path[move.From.Length..]));
        return story.Apply(new WorkspaceChange([.. change.Files, .. files]));
    }
}
