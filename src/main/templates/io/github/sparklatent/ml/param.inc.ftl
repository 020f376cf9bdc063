<#-- The accessor, the getter and the setter of a Param, which an interface has for the class S that implements it.
     is, sets: what the accessor and the setter say after its name. doc: what the Param itself says. -->
<#macro param name is sets doc="" new="" type="String" of="Param<String>" hasSetter=true>

    /**
     * Returns the Param {@code ${name}}: ${is}
     */
    default ${of} ${name}() {
        return ${new?has_content?then(new, 'new ' + of?replace("<String>", "<>") + '(this, "' + name + '", "' + doc + '")')};
    }

    /** Returns the value of {@link #${name}()}. */
    default ${type} get${name?cap_first}() {
        return <#if type?matches("[a-z]+")>(${type}) </#if>$(${name}());
    }
<#if hasSetter>

    /**
     * Sets {@link #${name}()}${sets}
     */
    @SuppressWarnings("unchecked")
    default S set${name?cap_first}(${type?replace("[]", "...")} value) {
        return (S) set(${name}(), value);
    }
</#if>
</#macro>
