using StoryLsp.Language.Text;

namespace StoryLsp.Index.Tests;

public sealed class AccentTests
{
    [TestCase("Rene\u0301e", "Ren\u00E9e")]
    [TestCase("A\u030Asa", "\u00C5sa")]
    [TestCase("e\u0323\u0302", "\u1EC7")]
    [TestCase("\u0438\u0306", "\u0439")]
    [TestCase("plain", "plain")]
    [TestCase("\u0301x", "\u0301x")]
    [TestCase("q\u0301", "q\u0301")]
    public void A_letter_and_its_mark_become_one(string decomposed, string composed) =>
        Assert.That(CanonicalPairs.Compose(decomposed), Is.EqualTo(composed));

    [Test]
    public async Task A_file_that_a_Mac_named_is_found_by_what_a_keyboard_types()
    {
        using var folder = new TestFolder().WriteOld("Rene\u0301e.md", "# Rene\u0301e\n");
        await using var workspace = await folder.OpenIndexedAsync();
        Assert.That(workspace.Current.Resolve("Ren\u00E9e", null).Container?.Path, Is.EqualTo("Rene\u0301e.md"));
        Assert.That(workspace.Current.Files.FindLinked("ren\u00E9e", "x.md"), Is.EqualTo("Rene\u0301e.md"));
        Assert.That(await workspace.SearchAsync("renee"), Is.Not.Empty);
    }
}
