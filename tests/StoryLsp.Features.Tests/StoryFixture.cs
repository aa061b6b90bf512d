using StoryLsp.Testing;

namespace StoryLsp.Features.Tests;

/// <summary>A small workspace that the tests of several features share.</summary>
internal static class StoryFixture
{
    public const string Files = """
        //- story.yaml
        story: 1
        manuscript: [arrival, the-ball]
        //- schemas/ship.yaml
        schema: ship
        extends: location
        description: A ship large enough to live in.
        fields:
          hull: {type: enum, options: [wood, iron], description: What it is made of.}
          captain: {type: reference, target: character, required: true}
          log: {type: text, secret: true}
          decks: {type: list, of: {type: object, fields: {guns: {type: integer, min: 0}}}}
        //- ships/heron.yaml
        type: ship
        name: Heron
        hull: wood
        captain: ada
        log: She carries *gold*.
        decks:
          - guns: 4
        //- characters/ada.yaml
        type: character
        id: ada
        name: Ada Vane
        aliases: [the Captain, Miss Vane]
        description: Keeps her word, and everyone else's.
        born: 1901-03-02
        home: Old Mill
        traits: [patient, proud]
        //- characters/tom.md
        # Tom Reed

        He is afraid of Ada Vane.
        //- characters/adam.yaml
        type: character
        name: Ada
        //- locations/Old Mill.md
        # Old Mill
        ## Upper floor
        Boards. ^boards
        ## Cellar
        Dark.
        //- scenes/book.md
        # Part One

        ## The Ball
        ```story
        id: the-ball
        pov: ada
        characters: [ada, "[[Tom Reed]]"]
        location: Old Mill
        effects:
          - ada takes clock
        ```
        Ada Vane danced. Ada watched. "Miss Vane!" said [[tom|Tom]] at the [[Old Mill#Cellar|cellar]].

        ## Arrival
        ```story
        id: arrival
        characters: [ada]
        time_of_day: night
        ```
        Ada Vane's boat was late, Adam said.
        //- items/clock.yaml
        type: item
        id: clock
        name: Clock

        """;

    /// <summary>The workspace with a file that holds the cursor.</summary>
    public static FixtureWorkspace With(string path, string text) => FixtureWorkspace.Of(Files + "//- " + path + "\n" + text + "\n");

    /// <summary>The offset of a text in a file of the workspace, and how far behind its beginning.</summary>
    public static int OffsetOf(this FixtureWorkspace workspace, string path, string text, int further = 0) =>
        workspace.Text(path)!.Text.IndexOf(text, StringComparison.Ordinal) is >= 0 and var at ? at + further : throw new ArgumentException("no " + text);
}
