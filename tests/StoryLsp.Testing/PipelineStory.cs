namespace StoryLsp.Testing;

/// <summary>A small story on which every shipped pipeline has something to do: two scenes, and a dead woman in the cast of the second.</summary>
public static class PipelineStory
{
    /// <summary>Its files as a fixture, without <c>story.yaml</c>.</summary>
    public const string Files = """
        //- characters/ada.yaml
        name: Ada Vane
        died: 1926-11-05
        //- characters/tom.yaml
        name: Tom Weir
        //- scenes/01-mill.md
        ---
        id: mill
        name: The Mill
        pov: ada
        characters: [ada, tom]
        when: 1926-11-04
        ---

        Ada waited at the mill. Tom came late, and he brought the letter.

        She burned it unread.

        //- scenes/02-quay.md
        ---
        id: quay
        name: The Quay
        pov: tom
        characters: [tom, ada]
        when: 1926-11-09
        ---

        Tom walked the quay alone.

        """;
}
