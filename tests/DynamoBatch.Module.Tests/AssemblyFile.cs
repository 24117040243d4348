using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace DynamoBatch.Module.Tests;

/// <summary>An assembly as its metadata tells it, with nothing loaded.</summary>
internal sealed class AssemblyFile : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;

    public AssemblyFile(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
    }

    public IEnumerable<string> References => _reader.AssemblyReferences.Select(r => _reader.GetString(_reader.GetAssemblyReference(r).Name));

    /// <summary>What PowerShell can see of public types, or loads with them, as (where, type named there).</summary>
    public IEnumerable<(string Place, string Type)> Exposed()
    {
        foreach (TypeDefinition type in _reader.TypeDefinitions.Select(_reader.GetTypeDefinition).Where(IsPublic))
        {
            string name = Name(type);
            foreach (string exposed in TypeNames.Of(_reader, type.BaseType))
            {
                yield return ($"base of {name}", exposed);
            }

            foreach (string exposed in type.GetInterfaceImplementations().SelectMany(i => TypeNames.Of(_reader, _reader.GetInterfaceImplementation(i).Interface)))
            {
                yield return ($"interface of {name}", exposed);
            }

            foreach (FieldDefinition field in type.GetFields().Select(_reader.GetFieldDefinition))
            {
                foreach (string exposed in field.DecodeSignature(new TypeNames(), null).Concat(Attributes(field.GetCustomAttributes())))
                {
                    yield return ($"field {name}.{_reader.GetString(field.Name)}", exposed);
                }
            }

            foreach (MethodDefinition method in type.GetMethods().Select(_reader.GetMethodDefinition).Where(IsVisible))
            {
                foreach (string exposed in TypeNames.Of(method.DecodeSignature(new TypeNames(), null)).Concat(Attributes(method.GetCustomAttributes())))
                {
                    yield return ($"method {name}.{_reader.GetString(method.Name)}", exposed);
                }
            }

            foreach (PropertyDefinition property in type.GetProperties().Select(_reader.GetPropertyDefinition))
            {
                foreach (string exposed in Attributes(property.GetCustomAttributes()))
                {
                    yield return ($"attribute of {name}.{_reader.GetString(property.Name)}", exposed);
                }
            }

            foreach (string exposed in Attributes(type.GetCustomAttributes()))
            {
                yield return ($"attribute of {name}", exposed);
            }
        }
    }

    /// <summary>Static fields, but for constants and what compilers make.</summary>
    public IEnumerable<(string Name, bool IsReadOnly, IReadOnlyList<string> Types)> Statics() =>
        from type in _reader.TypeDefinitions.Select(_reader.GetTypeDefinition)
        where !_reader.GetString(type.Name).StartsWith('<')
        from field in type.GetFields().Select(_reader.GetFieldDefinition)
        where field.Attributes.HasFlag(FieldAttributes.Static) && !field.Attributes.HasFlag(FieldAttributes.Literal)
        select ($"{Name(type)}.{_reader.GetString(field.Name)}", field.Attributes.HasFlag(FieldAttributes.InitOnly),
            (IReadOnlyList<string>)field.DecodeSignature(new TypeNames(), null));

    public void Dispose() => _file.Dispose();

    private string Name(TypeDefinition type) => $"{_reader.GetString(type.Namespace)}.{_reader.GetString(type.Name)}";

    private bool IsPublic(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsPublic(_reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static bool IsVisible(MethodDefinition method) =>
        (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    /// <summary>The attributes' types, and types named in their arguments: those are text in the blob, with their assembly.</summary>
    private IEnumerable<string> Attributes(CustomAttributeHandleCollection handles)
    {
        foreach (CustomAttribute attribute in handles.Select(_reader.GetCustomAttribute))
        {
            EntityHandle type = attribute.Constructor.Kind is HandleKind.MemberReference
                ? _reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent
                : _reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType();
            foreach (string name in TypeNames.Of(_reader, type))
            {
                yield return name;
            }

            string text = Encoding.UTF8.GetString(_reader.GetBlobBytes(attribute.Value));
            if (text.Contains(", " + Built.Engine, StringComparison.Ordinal) || text.Contains(", AWSSDK.", StringComparison.Ordinal))
            {
                yield return Built.Engine + "!(in an attribute's argument) " + text;
            }
        }
    }
}
