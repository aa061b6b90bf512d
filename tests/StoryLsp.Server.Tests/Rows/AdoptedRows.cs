using NUnit.Framework;

namespace StoryLsp.Server.Tests.Rows;

/// <summary>Section 8 of the format, row by row: workspaces that exist are adopted, not rewritten.</summary>
public sealed class AdoptedRows
{
    [Test]
    public async Task Collections_of_story_yaml_take_lists_and_maps()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            collections:
              - {files: bible/people.yaml, at: all.people, type: character, id: canon_id}
              - {files: "bible/places*.yaml", at: known, type: location}
            fields:
              scene: {characters: [chars, participants], when: story_date}
            //- bible/people.yaml
            all:
              people:
                - {canon_id: CHR-1, name: Ada Vane}
                - {canon_id: CHR-2, name: Tom Reed}
            //- bible/places-1.yaml
            known:
              mill: {name: The Mill}
              ford: {description: A ford.}
            //- scenes/one.md
            ---
            chars: [CHR-1, Tom Reed]
            location: mill
            story_date: 1926-11-05
            ---
            """);
        Assert.That(row.Types, Does.Contain("character CHR-1, character CHR-2").And.Contain("location mill, location ford").And.Contain("scene one"));
        Assert.That(row.References, Is.EqualTo("characters CHR-1 → CHR-1\ncharacters Tom Reed → CHR-2\nlocation mill → mill"));
        Assert.That(row.Field("one", "when"), Is.EqualTo("1926-11-05"));
        Assert.That(row.Findings, Is.Empty);
    }

    [TestCase("story: 1\n")]
    [TestCase(null)]
    public async Task A_list_under_the_plural_of_a_type_is_a_collection(string? settings)
    {
        using var row = await StoryRow.OfAsync((settings is null ? "" : "//- story.yaml\n" + settings) + """
            //- bible.yaml
            characters:
              - {id: ada, name: Ada Vane, type: protagonist}
              - {name: Tom Reed}
              - {age: 5}
            locations:
              mill: {name: The Mill, type: location}
            """);
        Assert.That(row.Types, Does.Contain("character ada").And.Contain("character tom-reed").And.Contain("location mill"));
        Assert.That(row.Types, Does.Not.Contain("protagonist"), "only a known type name counts");
        Assert.That(row.Findings, Is.Empty);
    }

    [Test]
    public async Task Obsidian_vaults_are_read_as_they_stand()
    {
        using var row = await StoryRow.OfAsync("""
            //- Characters/Ada Vane.md
            ---
            aliases:
              - The Surveyor
            tags: [cast, main]
            cssclasses: wide
            publish: false
            ---
            ![[portrait.png|200]] Friend of [[Tom Reed|Tom]]. #tag
            > [!note] A callout
            > See [[#^here]]. %%a comment [[nothing]]%%

            Text ^here
            //- Characters/Tom Reed.md
            ---
            alias: Tommy
            ---
            Knows [[The Surveyor]].
            //- portrait.png
            x
            """);
        Assert.That(row.Types, Is.EqualTo("character ada-vane, character tom-reed"));
        Assert.That(row.Findings, Is.Empty);
    }

    [Test]
    public async Task StoryLine_keys_are_known()
    {
        using var row = await StoryRow.OfAsync("""
            //- Scenes/One.md
            ---
            type: scene
            title: One
            storyDate: 1926-11-05
            storyTime: "21:30"
            chronologicalOrder: 3
            setup_scenes: [Two]
            payoff_scenes: []
            timeline_mode: flashback
            timeline_strand: past
            ---
            //- Scenes/Two.md
            ---
            type: scene
            title: Two
            ---
            """);
        Assert.Multiple(() =>
        {
            Assert.That(row.Findings, Is.Empty);
            Assert.That(row.Field("one", "when"), Does.Contain("1926-11-05"));
            Assert.That(row.Field("one", "timeline"), Is.EqualTo("flashback"));
            Assert.That(row.Field("one", "strand"), Is.EqualTo("past"));
        });
    }

    [Test]
    public async Task Longform_s_list_of_scenes_is_the_manuscript()
    {
        using var row = await StoryRow.OfAsync("""
            //- novel/Index.md
            ---
            longform:
              format: scenes
              title: The Novel
              scenes:
                - Gamma
                - - Alpha
                - Beta
            ---
            //- novel/scenes/Alpha.md
            A
            //- novel/scenes/Beta.md
            B
            //- novel/scenes/Gamma.md
            C
            """);
        Assert.That(row.Manuscript, Is.EqualTo("gamma, alpha, beta"));
        Assert.That(row.Findings, Is.Empty);
    }

    [Test]
    public async Task NovelWriter_s_lines_are_fields()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            //- characters/jane.yaml
            name: Jane
            //- characters/tom.yaml
            name: Tom
            //- locations/mill.yaml
            name: Mill
            //- scenes/one.md
            ### The Scene

            %synopsis: Jane goes to the mill.
            @pov: Jane
            @char: Tom, Jane
            @location: Mill
            @time: 1926-11-05
            @mention: Tom

            Jane went to the mill.
            """);
        Assert.Multiple(() =>
        {
            Assert.That(row.References.Split('\n'), Is.EquivalentTo(new[] { "pov Jane → jane", "characters Tom → tom", "characters Jane → jane", "location Mill → mill", "mentions Tom → tom" }));
            Assert.That(row.Field("one", "synopsis"), Is.EqualTo("Jane goes to the mill."));
            Assert.That(row.Findings, Is.Empty);
        });
    }

    [Test]
    public async Task Showrunner_s_containers_and_schemas_are_read_as_they_stand()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            //- schemas/weapon.yaml
            name: weapon
            display_name: Weapon
            fields:
              - {name: damage, field_type: integer, required: true}
              - {name: wielder, field_type: reference, target: character}
            //- containers/ada.yaml
            id: CHR-1
            container_type: character
            name: Ada
            attributes:
              eyes: green
              home: mill
            //- containers/mill.yaml
            id: mill
            container_type: location
            name: Mill
            //- containers/sword.yaml
            id: WPN-1
            container_type: weapon
            name: Sword
            attributes: {damage: much, wielder: Ada}
            """);
        Assert.Multiple(() =>
        {
            Assert.That(row.Types, Is.EqualTo("character CHR-1, location mill, weapon WPN-1"));
            Assert.That(row.Field("CHR-1", "eyes"), Is.EqualTo("green"));
            Assert.That(row.References.Split('\n'), Is.EquivalentTo(new[] { "home mill → mill", "wielder Ada → CHR-1" }));
            Assert.That(row.Codes, Is.EqualTo("schema/wrong-type"));
        });
    }
}
