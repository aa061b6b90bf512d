using StoryLsp.Index.Mentions;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Index.Tests.Mentions;

public sealed class WorkspaceMentionsTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        names: {ignore: [Providence]}
        manuscript: [one, two]
        //- characters/ada-vane.yaml
        born: 1900
        //- characters/tom.yaml
        name: Tom Hale
        aliases: [the Captain]
        matching: {aliases_from: two}
        //- characters/lena.yaml
        name: Lena Hale
        aliases: [the Captain]
        //- places.yaml
        locations:
          - {id: mill, name: Old Mill}
          - {id: providence, name: Providence}
        //- items/brass-key.yaml
        owner: ada-vane
        //- schemas/ship.yaml
        schema: ship
        folders: [ships]
        //- ships/rosa.yaml
        name: Rosa Mundi
        //- scenes/one.md
        ---
        title: Arrival at the Mill
        characters: [ada-vane, lena]
        ---
        Ada saw the Captain at the Old Mill, with the brass key, on the Rosa Mundi, in Providence.
        Arrival at the Mill. [[ada-vane|Ada]] and [Tom](../characters/tom.yaml) `Ada` <!-- Ada -->
        //- scenes/two.md
        # Two
        The Captain met Tom.
        """;

    [Test]
    public void Prose_names_people_places_items_and_own_kinds_of_things_and_no_scenes()
    {
        var workspace = FixtureWorkspace.Of(Story);
        var text = workspace.Text("scenes/one.md")!;
        var found = workspace.Snapshot.Mentions.In("scenes/one.md");
        Assert.That(found.Select(mention => text.Slice(mention.Span) + "=" + string.Join('|', mention.Candidates.Select(one => workspace.Snapshot.IdOf(workspace.Snapshot.ContainersIn(one.Path)[one.Index])))), Is.EqualTo(new[]
        {
            "Ada=ada-vane", "the Captain=lena|tom", "Old Mill=mill", "brass key=brass-key", "Rosa Mundi=rosa",
        }));
        Assert.That(found.Select(mention => mention.Owner), Is.All.Zero);
    }

    [Test]
    public void An_alias_of_two_means_who_may_be_meant_by_then_and_whom_the_scene_names()
    {
        var snapshot = FixtureWorkspace.Of(Story).Snapshot;
        var first = snapshot.Mentions.In("scenes/one.md")[1];
        Assert.That(snapshot.Mentions.Meant("scenes/one.md", first).Select(key => key.Path), Is.EqualTo(new[] { "characters/lena.yaml" }));
        var second = snapshot.Mentions.In("scenes/two.md")[0];
        Assert.That(snapshot.Mentions.Meant("scenes/two.md", second), Has.Count.EqualTo(2));
        var tom = snapshot.ContainersIn("characters/tom.yaml")[0];
        Assert.That(snapshot.Mentions.IsTooEarly("scenes/one.md", 0, tom.Key), Is.True);
        Assert.That(snapshot.Mentions.IsTooEarly("scenes/two.md", 0, tom.Key), Is.False);
        var lena = snapshot.ContainersIn("characters/lena.yaml")[0];
        Assert.That(snapshot.Mentions.Of(lena).Select(site => site.Path), Is.EqualTo(new[] { "scenes/one.md" }));
        Assert.That(snapshot.Mentions.Of(tom).Select(site => site.Mention.Form), Is.EqualTo(new[] { MentionForm.Given }));
    }

    [Test]
    public async Task What_was_found_is_kept_until_the_document_or_a_name_changes()
    {
        using var folder = new TestFolder()
            .WriteOld("characters/ada.yaml", "name: Ada Vane\n").WriteOld("story.yaml", "story: 1\n")
            .WriteOld("scenes/one.md", "Ada and Tom.\n").WriteOld("scenes/two.md", "Ada there.\n");
        await using var workspace = await folder.OpenIndexedAsync();
        var first = workspace.Current.Mentions.In("scenes/one.md");
        Assert.That(first, Has.Count.EqualTo(1));
        workspace.OpenDocument("scenes/two.md", 1, SourceText.From("Ada there.\n"));
        var typed = workspace.ChangeDocument("scenes/two.md", 2, [new TextEdit(new TextSpan(0, 0), "So ")]);
        Assert.That(typed.Mentions.In("scenes/one.md"), Is.SameAs(first));
        Assert.That(typed.Mentions.In("scenes/two.md").Single().Span, Is.EqualTo(new TextSpan(3, 3)));
        workspace.OpenDocument("characters/tom.yaml", 1, SourceText.From("name: Tom\n"));
        Assert.That(workspace.Current.Mentions.In("scenes/one.md"), Has.Count.EqualTo(2));
        workspace.ChangeDocument("characters/tom.yaml", 2, [new TextEdit(new TextSpan(6, 3), "Jim")]);
        Assert.That(workspace.Current.Mentions.In("scenes/one.md"), Has.Count.EqualTo(1));
    }
}
