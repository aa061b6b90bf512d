using StoryLsp.Index.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Tests.Mentions;

public sealed class WorkspaceWordsTests
{
    private static readonly string[] Words = ["Karova", "Zorblax", "zorblax", "Then", "the", "house", "Mill", "\n\n", ".", "quib"];

    [Test]
    public async Task After_changes_the_sums_are_those_of_a_fresh_start()
    {
        using var folder = new TestFolder().WriteOld("a.md", "So Karova saw Zorblax.\n").WriteOld("b.md", "The Karova zorblax.\n");
        await using var workspace = await folder.OpenIndexedAsync(useIndexFile: false);
        var random = new Random(7);
        for (var step = 0; step < 80; step++)
        {
            var path = random.Next(3) switch { 0 => "a.md", 1 => "b.md", _ => $"part{random.Next(12)}/c.md" };
            var text = SourceText.From(string.Join(' ', Enumerable.Range(0, random.Next(12)).Select(_ => Words[random.Next(Words.Length)])));
            var snapshot = random.Next(5) == 0 && workspace.OpenPaths.Count > 0 ? workspace.CloseDocument(workspace.OpenPaths[0])
                : workspace.OpenPaths.Contains(path) ? workspace.ChangeDocument(path, step + 2, [new TextEdit(new TextSpan(0, workspace.BufferText(path)!.Length), text.Text)])
                : workspace.OpenDocument(path, 1, text);
            if (random.Next(3) == 0)
            {
                // Some snapshots are asked and some are not.
                continue;
            }

            var words = WorkspaceWords.Of(snapshot);
            foreach (var word in Words)
            {
                var uses = snapshot.Documents.SelectMany(facts => facts.Words.Capitals.Where(capital => capital.Text == word).Select(capital => (facts.Path, capital))).ToList();
                var found = words.Use(word);
                Assert.That((found.Count, found.Away), Is.EqualTo((uses.Sum(use => use.capital.Count), uses.Sum(use => use.capital.Away))), $"{word} at step {step}");
                Assert.That(found.Paths, Is.EqualTo(uses.Select(use => use.Path).Order(NaturalOrder.Instance)), $"{word} at step {step}");
                Assert.That(words.HasSmall(word), Is.EqualTo(snapshot.Documents.Any(facts => facts.Words.HasSmall(word))));
            }
        }
    }

    [Test]
    public async Task Typing_words_of_the_dictionary_changes_nothing()
    {
        using var folder = new TestFolder().WriteOld("a.md", "So Karova saw it.\n");
        await using var workspace = await folder.OpenIndexedAsync(useIndexFile: false);
        workspace.OpenDocument("a.md", 1, SourceText.From("So Karova saw it.\n"));
        var words = WorkspaceWords.Of(workspace.Current);
        var typed = workspace.ChangeDocument("a.md", 2, [new TextEdit(new TextSpan(17, 0), " The house was old.")]);
        Assert.That(WorkspaceWords.Of(typed), Is.SameAs(words));
        Assert.That(words.Use("Karova"), Is.EqualTo(new WordUse(1, 1, words.Use("Karova").Paths)));
    }
}
