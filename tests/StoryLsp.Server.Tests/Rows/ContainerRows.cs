using NUnit.Framework;

namespace StoryLsp.Server.Tests.Rows;

/// <summary>Section 1 of the format, row by row: where containers are written, and what their type, id and name are.</summary>
public sealed class ContainerRows
{
    private static IEnumerable<TestCaseData> Rows()
    {
        yield return Row("a YAML file whose root is a mapping is a container", """
            //- story.yaml
            story: 1
            //- characters/ada.yaml
            name: Ada Vane
            """, "character ada “Ada Vane” characters/ada.yaml");
        yield return Row("several YAML documents are several containers", """
            //- story.yaml
            story: 1
            //- characters/cast.yaml
            name: Ada
            ---
            name: Tom Reed
            ---
            age: 5
            ---
            id: eve
            """, """
            character cast “Ada” characters/cast.yaml
            character tom-reed “Tom Reed” characters/cast.yaml
            character cast-3 “Cast 3” characters/cast.yaml
            character eve “Cast 4” characters/cast.yaml
            """);
        yield return Row("a list field of containers holds embedded containers", """
            //- story.yaml
            story: 1
            //- schemas/ship.yaml
            schema: ship
            fields:
              cabins: {type: list, of: {type: container, target: location}}
            //- ships/argo.yaml
            name: Argo
            cabins:
              - {id: cabin-1, name: First Cabin}
              - {name: Second Cabin}
              - {description: no name}
            """, """
            ship argo “Argo” ships/argo.yaml
            location cabin-1 “First Cabin” ships/argo.yaml
            location second-cabin “Second Cabin” ships/argo.yaml
            """);
        yield return Row("a Markdown file is a container", """
            //- story.yaml
            story: 1
            //- scenes/01 The Mill.md
            ---
            pov: x
            ---
            Prose.
            """, "scene 01-the-mill “01 The Mill” scenes/01 The Mill.md");
        yield return Row("a heading with a story fence is a container, blank lines allowed", """
            //- story.yaml
            story: 1
            //- chapters/one.md
            # Chapter One

            Prose of the chapter.

            ## At the Mill


            ```story
            type: scene
            pov: ada
            ```

            ### Inside

            Prose of the scene.

            ## Not a scene

            Prose.
            """, """
            chapter one “Chapter One” chapters/one.md
            scene at-the-mill “At the Mill” chapters/one.md
            """);
        yield return Row("a fence in a file of chapters is a scene, unless it has the number of a chapter", """
            //- story.yaml
            story: 1
            //- chapters/all.md
            # Part One

            ## One

            ```story
            number: 1
            ```

            ### At the Mill

            ```story
            pov: ada
            ```
            """, """
            chapter all “Part One” chapters/all.md
            chapter one “One” chapters/all.md
            scene at-the-mill “At the Mill” chapters/all.md
            """);
        yield return Row("a Fountain file has a scene a heading", """
            //- story.yaml
            story: 1
            //- radio/pilot.fountain
            Title: The Pilot
            Author: A. Vane

            INT. MILL - DUSK

            Ada waits.

            EXT. RIVER - NIGHT #7#

            She runs.
            """, """
            note pilot “The Pilot” radio/pilot.fountain
            scene pilot-1 “INT. MILL - DUSK” radio/pilot.fountain
            scene pilot-7 “EXT. RIVER - NIGHT” radio/pilot.fountain
            """);
        yield return Row("the type is the one whose folder is nearest, in any case", """
            //- story.yaml
            story: 1
            //- Characters/Locations/mill.yaml
            name: Mill
            //- locations/deep/down/CHARACTER/ada.yaml
            name: Ada
            """, """
            location mill “Mill” Characters/Locations/mill.yaml
            character ada “Ada” locations/deep/down/CHARACTER/ada.yaml
            """);
        yield return Row("the folders of a type are named by its schema and by story.yaml", """
            //- story.yaml
            story: 1
            folders: {cast: character}
            //- schemas/spaceship.yaml
            schema: spaceship
            folders: [fleet]
            //- cast/ada.yaml
            name: Ada
            //- fleet/argo.yaml
            name: Argo
            """, """
            character ada “Ada” cast/ada.yaml
            spaceship argo “Argo” fleet/argo.yaml
            """);
        yield return Row("Markdown outside of any folder of a type is a note", """
            //- story.yaml
            story: 1
            //- thoughts/thought.md
            A thought.
            """, "note thought “Thought” thoughts/thought.md");
        yield return Row("YAML without a type is plain data where there is no story.yaml", """
            //- data.yaml
            name: Something
            //- characters/ada.md
            Ada.
            """, "character ada “Ada” characters/ada.md");
        yield return Row("only a known type name counts", """
            //- blog/post.md
            ---
            type: post
            ---
            Text.
            """, "note post “Post” blog/post.md");
        yield return Row("a written type wins over the folder", """
            //- story.yaml
            story: 1
            //- characters/mill.md
            ---
            type: location
            ---
            A mill.
            """, "location mill “Mill” characters/mill.md");
        yield return Row("an id is slugged; accents and scripts stay", """
            //- story.yaml
            story: 1
            //- characters/Åsa  Öberg—2.yaml
            age: 5
            //- characters/Анна.yaml
            age: 5
            //- characters/李 明.yaml
            age: 5
            """, """
            character åsa-öberg-2 “Åsa  Öberg—2” characters/Åsa  Öberg—2.yaml
            character анна “Анна” characters/Анна.yaml
            character 李-明 “李 明” characters/李 明.yaml
            """);
        yield return Row("derived ids that collide take their folder as a prefix, silently", """
            //- story.yaml
            story: 1
            //- scenes/act1/one.md
            One.
            //- scenes/act2/one.md
            Two.
            """, """
            scene act1-one “One” scenes/act1/one.md
            scene act2-one “One” scenes/act2/one.md
            """);
        yield return Row("a name is the title, else the first heading, else the stem", """
            //- story.yaml
            story: 1
            //- notes/a.md
            ---
            title: Titled
            ---
            # Heading
            //- notes/b.md
            Text.

            # Heading

            # Second
            //- notes/dark-and_stormy.md
            ## Level two
            """, """
            note a “Titled” notes/a.md
            note b “Heading” notes/b.md
            note dark-and-stormy “Dark and stormy” notes/dark-and_stormy.md
            """);
        yield return Row("dot-folders and node_modules are skipped", """
            //- story.yaml
            story: 1
            //- .obsidian/x.md
            X
            //- node_modules/p/y.md
            Y
            //- notes/z.md
            Z
            """, "note z “Z” notes/z.md");
        yield return Row("a nested story.yaml takes its folder out", """
            //- story.yaml
            story: 1
            //- inner/story.yaml
            story: 1
            //- inner/notes/x.md
            X
            //- notes/z.md
            Z
            """, "note z “Z” notes/z.md");
    }

    [TestCaseSource(nameof(Rows))]
    public async Task Containers(string fixture, string expected)
    {
        using var row = await StoryRow.OfAsync(fixture);
        Assert.That(row.Containers, Is.EqualTo(expected.ReplaceLineEndings("\n")));
        Assert.That(row.Codes, Does.Not.Contain("ref/duplicate-id"));
    }

    [Test]
    public async Task Written_ids_are_held_unique()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            //- characters/a.yaml
            id: x
            //- characters/b.yaml
            id: x
            """);
        Assert.That(row.Codes, Does.Contain("ref/duplicate-id"));
    }

    [Test]
    public async Task Keys_match_whatever_their_case()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            //- characters/ada.yaml
            NAME: Ada Vane
            Aliases: [The Surveyor]
            //- scenes/one.md
            ---
            Title: The Mill
            POV: Ada Vane
            Characters: [the surveyor]
            ---
            """);
        Assert.That(row.Findings, Is.Empty);
        Assert.That(row.References, Is.EqualTo("pov Ada Vane → ada\ncharacters the surveyor → ada"));
        Assert.That(row.Types, Is.EqualTo("character ada, scene one"));
    }

    [Test]
    public async Task Nothing_is_inherited_by_a_heading_but_place()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            //- chapters/one.md
            ---
            location: mill
            characters: [ada]
            ---
            # One
            ## Two
            ```story
            type: scene
            ```
            """);
        Assert.That(row.Field("two", "characters"), Is.Null);
    }

    [Test]
    public async Task Without_a_story_yaml_data_has_no_findings_but_of_syntax()
    {
        using var row = await StoryRow.OfAsync("""
            //- docker.yaml
            services: {web: {image: nginx, pov: nobody}}
            type: whatever
            //- broken.yaml
            a: [1, 2
            b: 3
            """);
        Assert.That(row.Codes, Is.EqualTo("yaml/syntax"));
    }

    private static TestCaseData Row(string name, string fixture, string expected) => new TestCaseData(fixture, expected).SetName(name);
}
